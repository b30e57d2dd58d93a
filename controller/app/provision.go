package app

import (
	"context"
	"log/slog"
	"time"

	"bellhop/controller/edge/asterisk"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
	"bellhop/controller/routing"
)

// provision keeps the switch's phones, trunks and number book as the hotel and
// its routes have them.
type provision struct {
	house   *hotel.Service
	routing *routing.Service
	to      *asterisk.Provisioner
	log     *slog.Logger
	done    health // whether the switch has what it should
}

// sync pushes what differs; boot says that the switch started anew.
func (p *provision) sync(ctx context.Context, boot bool) error {
	report, err := p.to.Sync(ctx, switchPlan(p.house.Directory(), p.routing.Table()), boot)
	p.done.set(err)
	if err != nil {
		return err
	}
	if report.Pushed+report.Deleted > 0 {
		p.log.Info("app: switch provisioned", "pushed", report.Pushed, "deleted", report.Deleted, "took", report.Took, "boot", boot)
	}
	return nil
}

// retryProvision is the pause after a push that failed.
const retryProvision = 5 * time.Second

// follow pushes every change of hotel and routing until ctx ends. Before the
// switch was ready once, the exchange does it.
func (p *provision) follow(ctx context.Context) {
	for ctx.Err() == nil {
		_, house := p.house.Watch()
		_, routes := p.routing.Watch()
		var retry <-chan time.Time
		if p.done.known() {
			if err := p.sync(ctx, false); err != nil && ctx.Err() == nil {
				p.log.Warn("app: provisioning failed, will try again", "err", err)
				retry = time.After(retryProvision)
			}
		}
		select {
		case <-ctx.Done():
		case <-house:
		case <-routes:
		case <-retry:
		}
	}
}

// switchPlan is everything the switch has to know of the house.
func switchPlan(d *hotel.Directory, t *routing.Table) asterisk.Plan {
	return asterisk.Plan{Devices: devices(d), Trunks: trunks(t), Book: book(d, t)}
}

func devices(d *hotel.Directory) []asterisk.Device {
	var all []asterisk.Device
	for _, device := range d.Devices() {
		e, ok := d.Extension(device.Extension)
		if !ok {
			continue
		}
		all = append(all, asterisk.Device{
			Endpoint: device.Endpoint, HA1: device.HA1, Realm: hotel.Realm, Kind: asterisk.DeviceKind(device.Kind),
			Number: e.Number.String(), Name: e.Name, Language: d.LanguageOf(e),
		})
	}
	return all
}

func trunks(t *routing.Table) []asterisk.Trunk {
	var all []asterisk.Trunk
	for _, k := range t.Trunks() {
		if !k.Enabled {
			continue
		}
		all = append(all, asterisk.Trunk{
			Endpoint: k.Endpoint, Address: k.Address, Register: k.Register,
			Username: k.Username, Secret: k.Secret, Hosts: k.Hosts,
		})
	}
	return all
}

// book is what the dialplan needs to connect calls without us.
func book(d *hotel.Directory, t *routing.Table) asterisk.Book {
	p := d.Property()
	b := asterisk.Book{
		Dial: map[string][]string{}, DIDs: map[string]string{}, Emergency: map[string]string{},
		DIDDefault: p.Operator.String(), MainNumber: p.MainNumber,
	}
	for _, e := range d.Extensions() {
		b.Dial[e.Number.String()] = endpointsOf(d, e.Number)
	}
	for _, g := range d.Groups() {
		if !g.Number.IsZero() {
			b.Dial[g.Number.String()] = endpointsOf(d, g.Number)
		}
	}
	if !p.Operator.IsZero() {
		b.Dial[p.Operator.String()] = endpointsOf(d, p.Operator)
		b.Dial["0"] = b.Dial[p.Operator.String()]
	}
	for _, did := range t.Data().DIDs {
		b.DIDs[did.Number] = did.To.String()
	}
	for _, access := range []string{p.AccessDigit, "0", "9"} { // out of habit people dial an outside line first
		for _, e := range d.Country().DialForms(access) {
			if b.Dial[e.Dialled] == nil {
				b.Emergency[e.Dialled] = e.Send
			}
		}
	}
	for _, k := range t.Trunks() {
		if k.Enabled {
			b.TrunkOrder = append(b.TrunkOrder, k.Endpoint)
		}
	}
	return b
}

// endpointsOf returns the phones that ring for a number.
func endpointsOf(d *hotel.Directory, n phone.Number) []string {
	var all []string
	for _, e := range d.Rings(n) {
		for _, device := range d.DevicesOf(e.Number) {
			all = append(all, device.Endpoint)
		}
	}
	return all
}
