package app

import (
	"errors"
	"net"
	"net/url"
	"strconv"
	"time"

	"bellhop/controller/kit/fault"
)

const (
	minDrain = time.Second
	maxDrain = 10 * time.Minute
)

// validate checks what a single value cannot show, and reads the password file.
func (c *Config) validate() ([]Warning, error) {
	passwordWarnings, passwordErr := c.Asterisk.loadPassword()
	var drainErr error
	if c.DrainTimeout < minDrain || c.DrainTimeout > maxDrain {
		drainErr = fault.Field("drain_timeout", "must be between %s and %s", minDrain, maxDrain)
	}
	if err := errors.Join(c.Listen.validate(), c.Database.validate(), c.Asterisk.validate(),
		passwordErr, c.Access.validate(), drainErr); err != nil {
		return nil, err
	}
	return append(passwordWarnings, c.warnings()...), nil
}

func (l Listen) validate() error {
	_, port, err := net.SplitHostPort(l.HTTP)
	if err != nil {
		return fault.Field("listen.http", "must be host:port, as 127.0.0.1:8080")
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n > 65535 {
		return fault.Field("listen.http", "must end in a port from 0 to 65535")
	}
	return nil
}

func (d Database) validate() error {
	switch {
	case d.Driver == "sqlite" && d.Path == "":
		return fault.Field("database.path", "is empty; name the SQLite file")
	case d.Driver == "postgres" && d.DSN == "":
		return fault.Field("database.dsn", "is empty; give the PostgreSQL URL, as postgres://user@host/bellhop")
	}
	return nil
}

func (a Asterisk) validate() error {
	u, err := url.Parse(a.URL)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return fault.Field("asterisk.url", "must be the address of ARI, as http://127.0.0.1:8088/ari")
	case u.User != nil:
		return fault.Field("asterisk.url", "may not hold credentials; use asterisk.user and asterisk.password")
	case u.RawQuery != "" || u.Fragment != "":
		return fault.Field("asterisk.url", "may not have a query or a fragment")
	case a.User == "":
		return fault.Field("asterisk.user", "is empty")
	}
	return nil
}

// warnings names what works but is risky.
func (c *Config) warnings() []Warning {
	var ws []Warning
	if host, _, _ := net.SplitHostPort(c.Listen.HTTP); !isLoopback(host) {
		ws = append(ws, Warning{"listen.http", "answers beyond this machine without TLS; put a TLS proxy in front"})
	}
	if u, err := url.Parse(c.Asterisk.URL); err == nil && u.Scheme == "http" && !isLoopback(u.Hostname()) {
		ws = append(ws, Warning{"asterisk.url", "sends the password over the network without TLS; use https"})
	}
	if c.Asterisk.Password == "" {
		ws = append(ws, Warning{"asterisk.password", "is empty; the switch will refuse us"})
	}
	return ws
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (a Access) validate() error {
	var token, password error
	if a.TokenFile == "" {
		token = fault.Field("access.token_file", "is empty; the first administrator's token needs a place")
	}
	if a.PasswordFile == "" {
		password = fault.Field("access.password_file", "is empty; the first administrator's password needs a place")
	}
	return errors.Join(token, password)
}
