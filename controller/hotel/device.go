package hotel

import (
	"crypto/md5"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// Credential is what a phone needs to register. It is shown once, when it is
// made; printed or logged, it hides its secret.
type Credential struct {
	Extension phone.Number
	Label     string
	Kind      DeviceKind
	Endpoint  string // SIP user name
	Secret    string
}

// String shows everything but the secret.
func (c Credential) String() string {
	return fmt.Sprintf("%s %s %s (secret hidden)", c.Extension, c.Label, c.Endpoint)
}

// GoString shows what String shows.
func (c Credential) GoString() string { return c.String() }

// NewDevice makes a device with a random SIP user name (50 bits) and a random
// secret (160 bits), of which the device keeps only the hash. Random is
// crypto/rand.Reader outside tests. AddDevices or AddRooms gives it an id.
func NewDevice(random io.Reader, n phone.Number, label string, kind DeviceKind) (Device, Credential, error) {
	endpoint, err := word(random, 10)
	if err != nil {
		return Device{}, Credential{}, err
	}
	secret, err := NewSecret(random)
	if err != nil {
		return Device{}, Credential{}, err
	}
	v := Device{Extension: n, Label: label, Kind: kind, Endpoint: endpoint, HA1: hash(endpoint, secret)}
	return v, Credential{Extension: n, Label: label, Kind: kind, Endpoint: endpoint, Secret: secret}, nil
}

// NewSecret returns a random SIP secret of 160 bits.
func NewSecret(random io.Reader) (string, error) { return word(random, secretLen) }

const secretLen = 32

// NewID returns a random id of 80 bits, for a stay.
func NewID(random io.Reader) (string, error) { return word(random, 16) }

// word returns n random lower-case letters and digits, 5 bits each.
func word(random io.Reader, n int) (string, error) {
	raw := make([]byte, (n*5+7)/8)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fault.Wrap(err, fault.Internal, "no random bytes")
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(raw))[:n], nil
}

// hash is HA1 of RFC 7616 §3.4.2, with MD5 because phones speak nothing else.
func hash(endpoint, secret string) string {
	sum := md5.Sum([]byte(endpoint + ":" + Realm + ":" + secret))
	return hex.EncodeToString(sum[:])
}

// AddDevices adds phones to existing extensions, all or none.
func AddDevices(vs ...Device) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		var c Changes
		byExtension := make(map[phone.Number][]Device)
		for _, v := range vs {
			byExtension[v.Extension] = append(byExtension[v.Extension], v)
		}
		for _, v := range vs {
			if _, ok := d.Extension(v.Extension); !ok {
				return Decision{}, missing(NounExtension, v.Extension.String())
			}
			more := byExtension[v.Extension]
			delete(byExtension, v.Extension)
			c.Devices.Put = append(c.Devices.Put, NameDevices(v.Extension, d.DevicesOf(v.Extension), more)...)
		}
		return decide(c, "%d devices added", len(vs))
	}
}

// NameDevices gives the new devices of an extension their ids: number, hyphen and the
// first ordinal that old leaves free, so that a dialplan can name them, too.
func NameDevices(n phone.Number, old, more []Device) []Device {
	used := make(map[string]bool, len(old)+len(more))
	for _, v := range old {
		used[v.ID] = true
	}
	out := make([]Device, len(more))
	ordinal := 1
	for i, v := range more {
		for used[deviceID(n, ordinal)] {
			ordinal++
		}
		v.ID, v.Extension = deviceID(n, ordinal), n
		used[v.ID] = true
		out[i] = v
	}
	return out
}

func deviceID(n phone.Number, ordinal int) string { return fmt.Sprintf("%s-%d", n, ordinal) }

// RelabelDevice changes what a device is called.
func RelabelDevice(id, label string) Op {
	return editDevice(id, "relabelled "+label, func(v *Device) { v.Label = label })
}

// RotateSecret gives a device the secret of NewSecret; the old one is void.
func RotateSecret(id, secret string) Op {
	if !of(lower+digits, secretLen, secretLen, secret) {
		return func(*Directory, time.Time) (Decision, error) {
			return Decision{}, fault.Field("secret", "is not one of NewSecret")
		}
	}
	return editDevice(id, "given a new secret", func(v *Device) { v.HA1 = hash(v.Endpoint, secret) })
}

func editDevice(id, what string, edit func(*Device)) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		v, ok := d.Device(id)
		if !ok {
			return Decision{}, missing(NounDevice, id)
		}
		edit(&v)
		return decide(Changes{Devices: put(v)}, "device %s %s", id, what)
	}
}

// DropDevice removes a device.
func DropDevice(id string) Op {
	return func(d *Directory, _ time.Time) (Decision, error) {
		if _, ok := d.Device(id); !ok {
			return Decision{}, missing(NounDevice, id)
		}
		return decide(Changes{Devices: drop[Device](id)}, "device %s removed", id)
	}
}
