package asterisk

import (
	"maps"
	"net/netip"
	"slices"
	"strings"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// Plan is everything that the switch has to know of the house: who may
// register, over which lines calls leave, and the telephone book by which it
// connects calls while no controller is there.
type Plan struct {
	Devices []Device
	Trunks  []Trunk
	Book    Book
}

// DeviceKind tells a SIP phone from a browser.
type DeviceKind string

// The kinds of device.
const (
	DeviceSIP     DeviceKind = "sip"
	DeviceBrowser DeviceKind = "browser"
)

// Device is one phone.
type Device struct {
	Endpoint string // SIP user name and name of the endpoint
	HA1      string // MD5(endpoint:realm:secret) in hex, RFC 7616 §3.4.2
	Realm    string
	Kind     DeviceKind // default DeviceSIP
	Number   string     // shown to whom it calls
	Name     string     // shown to whom it calls
	Language string     // of prompts, as zh-CN
}

// Trunk is a line to a carrier.
type Trunk struct {
	Endpoint string
	Address  string // host[:port] of the carrier
	Register bool   // we register there
	Username string
	Secret   string
	Hosts    []string // addresses its calls come from; empty: the host of Address
}

// Book is what the dialplan needs to connect calls by itself.
type Book struct {
	Dial       map[string][]string // internal number → endpoints that ring together
	DIDs       map[string]string   // public number → internal number
	DIDDefault string              // internal number for all other public numbers
	Emergency  map[string]string   // dialled → sent
	TrunkOrder []string            // endpoints of trunks, for emergency calls
	MainNumber string              // shown on emergency calls
}

// check refuses a plan that could not be pushed or could smuggle a line into
// the configuration.
func (p Plan) check() error {
	seen := map[string]bool{}
	for _, d := range p.Devices {
		if err := d.check(); err != nil {
			return err
		}
		if seen[d.Endpoint] {
			return fault.Field("endpoint", "%s is there twice", d.Endpoint)
		}
		seen[d.Endpoint] = true
	}
	for _, t := range p.Trunks {
		if err := t.check(); err != nil {
			return err
		}
		if seen[t.Endpoint] {
			return fault.Field("endpoint", "%s is there twice", t.Endpoint)
		}
		seen[t.Endpoint] = true
	}
	return p.Book.check()
}

func (d Device) check() error {
	switch {
	case !endpointName(d.Endpoint):
		return fault.Field("endpoint", "must be 1 to 60 letters, digits and ._-: %q", d.Endpoint)
	case len(d.HA1) != 32 || strings.Trim(d.HA1, "0123456789abcdefABCDEF") != "":
		return fault.Field("ha1", "of %s must be 32 hex digits", d.Endpoint)
	case d.Realm == "" || !plainText(d.Realm, ".-", 60):
		return fault.Field("realm", "of %s must be 1 to 60 letters, digits, . and -", d.Endpoint)
	case d.Kind != "" && d.Kind != DeviceSIP && d.Kind != DeviceBrowser:
		return fault.Field("kind", "of %s must be sip or browser", d.Endpoint)
	case !plainText(d.Language, "-", 20):
		return fault.Field("language", "of %s must be like zh-CN", d.Endpoint)
	}
	return numberOrNone("number", d.Number)
}

func (t Trunk) check() error {
	const hostExtra = ".:[]-"
	if !endpointName(t.Endpoint) {
		return fault.Field("endpoint", "must be 1 to 60 letters, digits and ._-: %q", t.Endpoint)
	}
	if t.Address == "" || !plainText(t.Address, hostExtra, 120) {
		return fault.Field("address", "of trunk %s must be host or host:port", t.Endpoint)
	}
	for _, h := range t.Hosts {
		if _, err := netip.ParsePrefix(h); err != nil && (h == "" || !plainText(h, hostExtra, 120)) {
			return fault.Field("hosts", "of trunk %s: %q is no address", t.Endpoint, h)
		}
	}
	switch {
	case t.Register && t.Username == "":
		return fault.Field("username", "of trunk %s is needed to register", t.Endpoint)
	case !plainText(t.Username, "+._@-", 80):
		return fault.Field("username", "of trunk %s may hold only letters, digits and +._@-", t.Endpoint)
	case len(t.Secret) > 128 || strings.TrimSpace(t.Secret) != t.Secret || strings.ContainsFunc(t.Secret, notASCII):
		return fault.Field("secret", "of trunk %s must be at most 128 printable ASCII characters without blanks at its ends", t.Endpoint)
	}
	return nil
}

func notASCII(r rune) bool { return r < ' ' || r > '~' }

// plainText reports whether s is at most most bytes of letters, digits and extra.
func plainText(s, extra string, most int) bool {
	return len(s) <= most && !strings.ContainsFunc(s, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune(extra, r)
	})
}

// endpointName reports whether s may be the name of a phone or trunk: it is
// part of dial strings, of the configuration and of channel names.
func endpointName(s string) bool { return s != "" && plainText(s, "._-", 60) }

func (b Book) check() error {
	for number, endpoints := range b.Dial {
		if err := numberOrNone("dial", number); err != nil || number == "" {
			return fault.Field("dial", "%q is no number", number)
		}
		if i := slices.IndexFunc(endpoints, func(e string) bool { return !endpointName(e) }); i >= 0 {
			return fault.Field("dial", "%s: %q is no endpoint", number, endpoints[i])
		}
	}
	for field, numbers := range map[string]map[string]string{"dids": b.DIDs, "emergency": b.Emergency} {
		for from, to := range numbers {
			if numberOrNone(field, from) != nil || numberOrNone(field, to) != nil || from == "" || to == "" {
				return fault.Field(field, "%q to %q are not both numbers", from, to)
			}
		}
	}
	if i := slices.IndexFunc(b.TrunkOrder, func(e string) bool { return !endpointName(e) }); i >= 0 {
		return fault.Field("trunk_order", "%q is no endpoint", b.TrunkOrder[i])
	}
	if err := numberOrNone("did_default", b.DIDDefault); err != nil {
		return err
	}
	return numberOrNone("main_number", b.MainNumber)
}

func numberOrNone(field, s string) error {
	if s == "" {
		return nil
	}
	if _, err := phone.Parse(s); err != nil {
		return fault.Field(field, "%q is no number", s)
	}
	return nil
}

// globals returns the book as the dialplan reads it.
func (b Book) globals() map[string]string {
	vars := map[string]string{}
	for number, endpoints := range b.Dial {
		vars["BH_DIAL_"+number] = "PJSIP/" + strings.Join(slices.Sorted(slices.Values(endpoints)), "&PJSIP/")
		if len(endpoints) == 0 {
			delete(vars, "BH_DIAL_"+number)
		}
	}
	for did, number := range b.DIDs {
		vars["BH_DID_"+did] = number
	}
	for dialled, sent := range b.Emergency {
		vars["BH_EMERGENCY_"+dialled] = sent
	}
	maps.Copy(vars, map[string]string{
		"BH_DID_DEFAULT": b.DIDDefault, "BH_TRUNKS": strings.Join(b.TrunkOrder, ":"), "BH_MAIN_NUMBER": b.MainNumber,
	})
	return vars
}
