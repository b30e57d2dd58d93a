package live

import (
	"bytes"
	"strings"
)

// looksLikeSIP tells a SIP message (RFC 3261 §7) or a keep-alive (RFC 5626 §3.5.1)
// from anything else, by its first line and the end of its headers. The rest is
// for Asterisk to judge.
func looksLikeSIP(message []byte) bool {
	if s := string(message[:min(len(message), 5)]); s == "\r\n" || s == "\r\n\r\n" {
		return true
	}
	first, rest, found := bytes.Cut(message, []byte("\r\n"))
	return found && bytes.Contains(rest, []byte("\r\n\r\n")) && isStartLine(string(first))
}

// acceptsRegister tells the 2xx answer to a REGISTER from anything else.
func acceptsRegister(message []byte) bool {
	if !bytes.HasPrefix(message, []byte("SIP/2.0 2")) {
		return false
	}
	for line := range bytes.Lines(message) {
		name, value, _ := strings.Cut(strings.TrimSpace(string(line)), ":")
		if strings.EqualFold(strings.TrimSpace(name), "CSeq") {
			return strings.HasSuffix(strings.TrimSpace(value), "REGISTER")
		}
	}
	return false
}

// isStartLine accepts "SIP/2.0 200 OK" and "INVITE sip:8888@hotel SIP/2.0".
func isStartLine(line string) bool {
	part := strings.SplitN(line, " ", 3)
	if len(part) < 3 {
		return false
	}
	if part[0] == "SIP/2.0" {
		return len(part[1]) == 3 && strings.Trim(part[1], "0123456789") == ""
	}
	return isMethod(part[0]) && strings.Contains(part[1], ":") && part[2] == "SIP/2.0"
}

// isMethod accepts a token (RFC 3261 §25.1), known or not.
func isMethod(s string) bool {
	return s != "" && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~") == ""
}
