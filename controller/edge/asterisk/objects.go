package asterisk

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"net"
	"slices"
	"strings"
)

// objectKind is a kind of PJSIP object.
type objectKind string

// kinds lists them in the order in which they must be pushed: an endpoint that
// names an AOR which is not there makes Asterisk search all of them.
func kinds() []objectKind {
	return []objectKind{"aor", "auth", "endpoint", "identify", "registration"}
}

// objectKey names one object.
type objectKey struct {
	kind objectKind
	id   string
}

// field is one attribute of an object.
type field struct{ name, value string }

// content is everything of ours that the switch holds.
type content struct {
	objects map[objectKey][]field
	globals map[string]string
}

// contentOf turns a plan into objects and variables.
func contentOf(p Plan) content {
	c := content{objects: map[objectKey][]field{}, globals: p.Book.globals()}
	for _, d := range p.Devices {
		c.device(d)
	}
	for _, t := range p.Trunks {
		c.trunk(t)
	}
	return c
}

func (c content) device(d Device) {
	c.objects[objectKey{"aor", d.Endpoint}] = []field{
		// One contact: Asterisk rings only the first of several, and a page
		// that was loaded again must not ring its predecessor.
		{"max_contacts", "1"}, {"remove_existing", "yes"}, {"minimum_expiration", "60"}, {"maximum_expiration", "3600"},
		{"default_expiration", "600"},
	}
	c.objects[objectKey{"auth", d.Endpoint}] = []field{
		{"auth_type", "digest"}, {"username", d.Endpoint}, {"realm", d.Realm}, {"password_digest", "MD5:" + strings.ToLower(d.HA1)},
	}
	fields := []field{
		{"aors", d.Endpoint}, {"auth", d.Endpoint}, {"context", "from-phones"}, {"identify_by", "username,auth_username"},
		{"callerid", callerID(callerOfDevice(d))}, {"language", cmp.Or(switchLanguage(d.Language), "en")},
		{"disallow", "all"},
	}
	if d.Kind == DeviceBrowser {
		fields = append(fields, field{"allow", "opus,alaw,ulaw"}, field{"webrtc", "yes"}, field{"dtls_auto_generate_cert", "yes"},
			field{"rtp_timeout", browserSilence})
	} else {
		fields = append(fields, field{"allow", "alaw,ulaw"}, field{"webrtc", "no"})
	}
	c.objects[objectKey{"endpoint", d.Endpoint}] = append(fields, media()...)
}

// browserSilence is how many seconds a browser may send no media before its leg
// ends: a page that crashed says no BYE, and its caller waits.
const browserSilence = "5"

// media are the settings that every endpoint shares: we stay in the media path
// and send back to where packets came from.
func media() []field {
	return []field{
		{"direct_media", "no"}, {"rtp_symmetric", "yes"}, {"force_rport", "yes"}, {"rewrite_contact", "yes"},
		{"dtmf_mode", "rfc4733"},
	}
}

func (c content) trunk(t Trunk) {
	c.objects[objectKey{"aor", t.Endpoint}] = []field{
		{"contact", "sip:" + t.Address}, {"qualify_frequency", "30"}, {"qualify_timeout", "3"},
	}
	fields := []field{
		{"aors", t.Endpoint}, {"context", "from-trunks"}, {"disallow", "all"}, {"allow", "alaw,ulaw"},
		{"identify_by", "ip"}, {"trust_id_inbound", "yes"}, {"send_pai", "yes"},
		{"send_connected_line", "no"}, // else every call is re-INVITEd when it is answered
	}
	if t.Username != "" {
		c.objects[objectKey{"auth", t.Endpoint}] = []field{
			{"auth_type", "userpass"}, {"username", t.Username}, {"password", t.Secret},
		}
		fields = append(fields, field{"outbound_auth", t.Endpoint})
	}
	c.objects[objectKey{"endpoint", t.Endpoint}] = append(fields, media()...)
	c.objects[objectKey{"identify", t.Endpoint}] = []field{
		{"endpoint", t.Endpoint}, {"match", strings.Join(hostsOf(t), ",")}, {"srv_lookups", "no"},
	}
	if t.Register {
		c.objects[objectKey{"registration", t.Endpoint}] = []field{
			{"server_uri", "sip:" + t.Address}, {"client_uri", "sip:" + t.Username + "@" + t.Address}, {"contact_user", t.Username},
			{"outbound_auth", t.Endpoint}, {"retry_interval", "20"}, {"forbidden_retry_interval", "60"},
			{"fatal_retry_interval", "60"}, {"max_retries", "1000000"}, {"expiration", "300"}, {"auth_rejection_permanent", "no"},
		}
	}
}

// hostsOf are the addresses that a trunk's calls come from.
func hostsOf(t Trunk) []string {
	if len(t.Hosts) > 0 {
		return t.Hosts
	}
	host, _, err := net.SplitHostPort(t.Address)
	if err != nil {
		host = t.Address
	}
	return []string{strings.Trim(host, "[]")}
}

// keys returns the objects of one kind, sorted.
func (c content) keys(kind objectKind) []objectKey {
	var keys []objectKey
	for key := range c.objects {
		if key.kind == kind {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b objectKey) int { return cmp.Compare(a.id, b.id) })
	return keys
}

// equal reports whether pushing b over c would change nothing.
func (c content) equal(b content) bool {
	return maps.Equal(c.globals, b.globals) && maps.EqualFunc(c.objects, b.objects, slices.Equal[[]field])
}

// digest names the content.
func (c content) digest() string {
	sum := sha256.New()
	for _, kind := range kinds() {
		for _, key := range c.keys(kind) {
			writeAll(sum, string(key.kind), key.id)
			for _, f := range c.objects[key] {
				writeAll(sum, f.name, f.value)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.globals)) {
		if c.globals[name] != "" {
			writeAll(sum, name, c.globals[name])
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// writeAll writes texts so that their borders count; a hash never fails.
func writeAll(w io.Writer, texts ...string) {
	for _, text := range texts {
		_, _ = io.WriteString(w, text)
		_, _ = w.Write([]byte{0})
	}
}
