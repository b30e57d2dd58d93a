package live

import "testing"

func TestAcceptsRegister(t *testing.T) {
	for message, want := range map[string]bool{
		"SIP/2.0 200 OK\r\nCSeq: 2 REGISTER\r\n\r\n":                   true,
		"SIP/2.0 202 Accepted\r\ncseq : 2  REGISTER \r\n\r\n":          true,
		"SIP/2.0 401 Unauthorized\r\nCSeq: 1 REGISTER\r\n\r\n":         false,
		"SIP/2.0 200 OK\r\nCSeq: 2 INVITE\r\n\r\nCSeq: 2 REGISTER\r\n": false,
		"REGISTER sip:bellhop SIP/2.0\r\nCSeq: 2 REGISTER\r\n\r\n":     false,
		"SIP/2.0 200 OK\r\n\r\n":                                       false,
		"":                                                             false,
	} {
		if got := acceptsRegister([]byte(message)); got != want {
			t.Errorf("%q: %v", message, got)
		}
	}
}
