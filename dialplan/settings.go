package dialplan

import (
	"cmp"
	"fmt"
	"regexp"
)

// Settings are the values that differ from one switch to the next. Zero values take the
// Debian package's layout and the defaults named here. Directories are as Asterisk sees them.
type Settings struct {
	EntityID  string // unique per switch, in MAC address form; default 02:00:00:00:00:01
	ConfDir   string // default /etc/asterisk
	ModuleDir string // default /usr/lib/x86_64-linux-gnu/asterisk/modules
	DataDir   string // sounds and documentation; default /usr/share/asterisk
	MusicDir  string // music on hold; default /usr/share/asterisk/moh
	StateDir  string // AstDB and keys; default /var/lib/asterisk
	SpoolDir  string // recordings; default /var/spool/asterisk
	RunDir    string // pid and control socket; default /var/run/asterisk
	LogDir    string // default /var/log/asterisk

	SIPHost   string // address for SIP over UDP and TCP; default 127.0.0.1
	SIPPort   int    // default 5060
	HTTPHost  string // address for ARI and SIP over WebSocket; default 127.0.0.1
	HTTPPort  int    // default 8088
	RTPFirst  int    // first media port, even; default 10000
	RTPLast   int    // last media port; default 20000
	UserAgent string // default "Bellhop"
	Country   string // tones, one of "cn" and "us"; default "cn"

	ARIUser     string // default "bellhop"
	ARIPassword string // required, at least 8 printable characters
}

// withDefaults fills what was left empty.
func (s Settings) withDefaults() Settings {
	s.EntityID = cmp.Or(s.EntityID, "02:00:00:00:00:01")
	s.ConfDir = cmp.Or(s.ConfDir, "/etc/asterisk")
	s.ModuleDir = cmp.Or(s.ModuleDir, "/usr/lib/x86_64-linux-gnu/asterisk/modules")
	s.DataDir = cmp.Or(s.DataDir, "/usr/share/asterisk")
	s.MusicDir = cmp.Or(s.MusicDir, "/usr/share/asterisk/moh")
	s.StateDir = cmp.Or(s.StateDir, "/var/lib/asterisk")
	s.SpoolDir = cmp.Or(s.SpoolDir, "/var/spool/asterisk")
	s.RunDir = cmp.Or(s.RunDir, "/var/run/asterisk")
	s.LogDir = cmp.Or(s.LogDir, "/var/log/asterisk")
	s.SIPHost = cmp.Or(s.SIPHost, "127.0.0.1")
	s.SIPPort = cmp.Or(s.SIPPort, 5060)
	s.HTTPHost = cmp.Or(s.HTTPHost, "127.0.0.1")
	s.HTTPPort = cmp.Or(s.HTTPPort, 8088)
	s.RTPFirst = cmp.Or(s.RTPFirst, 10000)
	s.RTPLast = cmp.Or(s.RTPLast, 20000)
	s.UserAgent = cmp.Or(s.UserAgent, "Bellhop")
	s.Country = cmp.Or(s.Country, "cn")
	s.ARIUser = cmp.Or(s.ARIUser, "bellhop")
	return s
}

// check refuses values that would break out of their line in a configuration file or make a
// switch that cannot start.
func (s Settings) check() error {
	for _, rule := range []struct{ field, value, shape, says string }{
		{"EntityID", s.EntityID, `([0-9a-f]{2}:){5}[0-9a-f]{2}`, "six pairs of hex digits with colons"},
		{"ConfDir", s.ConfDir, pathShape, pathSays},
		{"ModuleDir", s.ModuleDir, pathShape, pathSays},
		{"DataDir", s.DataDir, pathShape, pathSays},
		{"MusicDir", s.MusicDir, pathShape, pathSays},
		{"StateDir", s.StateDir, pathShape, pathSays},
		{"SpoolDir", s.SpoolDir, pathShape, pathSays},
		{"RunDir", s.RunDir, pathShape, pathSays},
		{"LogDir", s.LogDir, pathShape, pathSays},
		{"SIPHost", s.SIPHost, hostShape, hostSays},
		{"HTTPHost", s.HTTPHost, hostShape, hostSays},
		{"UserAgent", s.UserAgent, `[A-Za-z0-9 ./_-]{1,60}`, "at most 60 letters, digits, blanks and ./_-"},
		{"Country", s.Country, `cn|us`, `"cn" or "us"`},
		{"ARIUser", s.ARIUser, `[A-Za-z0-9_-]{1,60}`, "at most 60 letters, digits, _ and -"},
		{"ARIPassword", s.ARIPassword, `[A-Za-z0-9._~+/=-]{8,200}`, "8 to 200 letters, digits and ._~+/=-"},
	} {
		if !regexp.MustCompile(`^(?:` + rule.shape + `)$`).MatchString(rule.value) {
			return fmt.Errorf("dialplan: setting %s must be %s", rule.field, rule.says)
		}
	}
	for _, port := range []struct {
		field string
		value int
	}{{"SIPPort", s.SIPPort}, {"HTTPPort", s.HTTPPort}, {"RTPFirst", s.RTPFirst}, {"RTPLast", s.RTPLast}} {
		if port.value < 1 || port.value > 65535 {
			return fmt.Errorf("dialplan: setting %s must be a port from 1 to 65535, it is %d", port.field, port.value)
		}
	}
	if s.RTPFirst%2 != 0 || s.RTPLast <= s.RTPFirst {
		return fmt.Errorf("dialplan: settings RTPFirst and RTPLast must be a range that starts on an even port, they are %d and %d", s.RTPFirst, s.RTPLast)
	}
	return nil
}

const (
	pathShape = `/[A-Za-z0-9._/-]{1,200}`
	pathSays  = "an absolute path of letters, digits and ._-"
	hostShape = `[0-9a-fA-F.:\[\]]{2,45}`
	hostSays  = "an IP address"
)
