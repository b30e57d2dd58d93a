package app

import (
	"context"
	"crypto/rand"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// seatPhones issues the SIP credentials of browser phones.
type seatPhones struct {
	house     *hotel.Service
	provision *provision
}

// seatLabel is the label of the device that a browser registers as.
const seatLabel = "switchboard"

// Issue gives the browser phone of an extension a fresh secret, making the phone
// when there is none, and returns once the switch knows it. The secret before is
// void: a page that was left open elsewhere cannot register again.
func (p *seatPhones) Issue(ctx context.Context, extension string) (user, secret, realm string, err error) {
	n, err := phone.Parse(extension)
	if err != nil {
		return "", "", "", fault.Field("extension", "must be an extension")
	}
	d := p.house.Directory()
	if _, ok := d.Extension(n); !ok {
		return "", "", "", fault.Field("extension", "%s is no extension", n)
	}
	op, endpoint, secret, err := renew(d, n)
	if err != nil {
		return "", "", "", err
	}
	if _, err := p.house.Do(ctx, op); err != nil {
		return "", "", "", err
	}
	if err := p.provision.sync(ctx, false); err != nil {
		return "", "", "", fault.Wrap(err, fault.Unavailable, "the switch does not take the phone")
	}
	return endpoint, secret, hotel.Realm, nil
}

// renew rotates the secret of the extension's browser phone, or adds one.
func renew(d *hotel.Directory, n phone.Number) (op hotel.Op, endpoint, secret string, err error) {
	for _, v := range d.DevicesOf(n) {
		if v.Kind == hotel.DeviceBrowser && v.Label == seatLabel {
			secret, err := hotel.NewSecret(rand.Reader)
			return hotel.RotateSecret(v.ID, secret), v.Endpoint, secret, err
		}
	}
	v, credential, err := hotel.NewDevice(rand.Reader, n, seatLabel, hotel.DeviceBrowser)
	return hotel.AddDevices(v), credential.Endpoint, credential.Secret, err
}
