package phones

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// userMarks are the punctuation marks that stand for themselves in the user
// part of a SIP URI (RFC 3261 §25.1, without ";" and "?", which many parsers
// take for something else).
const userMarks = "-_.!~*'()&=+$,/"

// escapeUser makes any text fit for the user part of a SIP URI.
func escapeUser(user string) string {
	var b strings.Builder
	for _, c := range []byte(user) {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
		if letter || strings.IndexByte(userMarks, c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// unescapeUser undoes escapeUser; text that is not well escaped stays as it is.
func unescapeUser(user string) string {
	if plain, err := url.PathUnescape(user); err == nil {
		return plain
	}
	return user
}

// quoteName makes a display name fit for the quotes that are put around it.
func quoteName(name string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", " ", "\n", " ").Replace(name)
}

// unquoteName undoes quoteName.
func unquoteName(name string) string {
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(name)
}

// parseServer reads "host:port"; the port may be left out.
func parseServer(server string) (host string, port int, err error) {
	if server == "" {
		return "", 0, nil
	}
	host, text, err := net.SplitHostPort(server)
	if err != nil {
		return server, 5060, nil //nolint:nilerr // no port named
	}
	number, err := strconv.ParseUint(text, 10, 16)
	if err != nil || number == 0 {
		return "", 0, fmt.Errorf("server %q: port must be 1 to 65535", server)
	}
	return host, int(number), nil
}

// sipURI builds a URI for a user at a host.
func sipURI(user, host string, port int, network string) sip.Uri {
	uri := sip.Uri{Scheme: "sip", User: escapeUser(user), Host: host, Port: port}
	if network == "tcp" {
		uri.UriParams.Add("transport", "tcp")
	}
	return uri
}

// parseHeaders reads "Name: value" lines.
func parseHeaders(lines []string) ([]sip.Header, error) {
	headers := make([]sip.Header, 0, len(lines))
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsAny(line, "\r\n") {
			return nil, fmt.Errorf("header %q must be one line reading Name: value", line)
		}
		headers = append(headers, sip.NewHeader(name, strings.TrimSpace(value)))
	}
	return headers, nil
}
