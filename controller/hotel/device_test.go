package hotel

import (
	"bytes"
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"bellhop/controller/kit/fault"
)

func TestNewDevice(t *testing.T) {
	v, c, err := NewDevice(rand.Reader, num("1206"), "bedside", DeviceSIP)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Secret) != 32 || !of(lower+digits, 10, 10, c.Endpoint) || strings.Contains(c.Endpoint, "1206") {
		t.Errorf("credential is %s with a secret of %d characters", c, len(c.Secret))
	}
	sum := md5.Sum([]byte(c.Endpoint + ":bellhop:" + c.Secret))
	if v.HA1 != hex.EncodeToString(sum[:]) || v.Endpoint != c.Endpoint {
		t.Error("the device does not know its secret")
	}
	if s := fmt.Sprintf("%v %+v %#v %s", c, c, c, c); strings.Contains(s, c.Secret) {
		t.Error("printing shows the secret")
	}
	if other, _, _ := NewDevice(rand.Reader, num("1206"), "bedside", DeviceSIP); other.Endpoint == v.Endpoint {
		t.Error("two devices have one user name")
	}
	if _, _, err := NewDevice(bytes.NewReader(nil), num("1206"), "b", DeviceSIP); !fault.Is(err, fault.Internal) {
		t.Errorf("without random bytes: %v", err)
	}
}

func TestDeviceIDs(t *testing.T) {
	more := func(n, label string) Device {
		v, _, err := NewDevice(rand.Reader, num(n), label, DeviceSIP)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	d := do(t, demo(t), AddDevices(more("1206", "desk"), more("1101", "desk"), more("1206", "sofa")))
	ids := func(n string) (out []string) {
		for _, v := range d.DevicesOf(num(n)) {
			out = append(out, v.ID+" "+v.Label)
		}
		return out
	}
	if got := fmt.Sprint(ids("1206"), ids("1101")); got != "[1206-1 bedside 1206-2 bathroom 1206-3 desk 1206-4 sofa] [1101-1 bedside 1101-2 desk]" {
		t.Error(got)
	}
	d = do(t, d, DropDevice("1206-2"), AddDevices(more("1206", "bathroom")))
	if got := fmt.Sprint(ids("1206")); got != "[1206-1 bedside 1206-2 bathroom 1206-3 desk 1206-4 sofa]" {
		t.Error(got)
	}
}

func TestRotateSecret(t *testing.T) {
	d := demo(t)
	old, _ := d.Device("1206-1")
	secret, err := NewSecret(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	now, _ := do(t, d, RotateSecret("1206-1", secret)).Device("1206-1")
	if now.HA1 == old.HA1 || now.HA1 != hash(old.Endpoint, secret) || now.Endpoint != old.Endpoint {
		t.Errorf("from %+v to %+v", old, now)
	}
}
