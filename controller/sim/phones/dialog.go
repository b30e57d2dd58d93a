package phones

import (
	"slices"

	"github.com/emiago/sipgo/sip"
)

// dialogID names a dialog from our side. Two phones of one process may share
// a Call-ID, so our tag belongs to the name.
type dialogID struct{ callID, localTag string }

// dialog is the shared knowledge that requests inside a call are built from
// (RFC 3261 §12). The call's lock guards it.
type dialog struct {
	id        dialogID
	local     address
	remote    address
	remoteTag string
	target    sip.Uri  // where requests go: the far end's Contact
	routes    []string // Route values, nearest first
	contact   sip.Uri
	sequence  uint32
}

// address is a From or To without its tag.
type address struct {
	name string
	uri  sip.Uri
}

// next builds the next request of the dialog.
func (d *dialog) next(method sip.RequestMethod) *sip.Request {
	d.sequence++
	return d.build(method, d.sequence)
}

func (d *dialog) build(method sip.RequestMethod, sequence uint32) *sip.Request {
	req := sip.NewRequest(method, *d.target.Clone())
	from := &sip.FromHeader{DisplayName: d.local.name, Address: *d.local.uri.Clone()}
	from.Params.Add("tag", d.id.localTag)
	to := &sip.ToHeader{DisplayName: d.remote.name, Address: *d.remote.uri.Clone()}
	if d.remoteTag != "" {
		to.Params.Add("tag", d.remoteTag)
	}
	callID := sip.CallIDHeader(d.id.callID)
	hops := sip.MaxForwardsHeader(70)
	for _, h := range []sip.Header{from, to, &callID, &sip.CSeqHeader{SeqNo: sequence, MethodName: method}, &hops} {
		req.AppendHeader(h)
	}
	for _, route := range d.routes {
		req.AppendHeader(sip.NewHeader("Route", route))
	}
	if method != sip.ACK && method != sip.BYE {
		req.AppendHeader(&sip.ContactHeader{Address: *d.contact.Clone()})
	}
	return req
}

// learn takes what a dialog-forming response says about the far end
// (RFC 3261 §12.1.2: the recorded route is ours in reverse).
func (d *dialog) learn(res *sip.Response) {
	if to := res.To(); to != nil {
		d.remoteTag, _ = to.Params.Get("tag")
	}
	if contact := res.Contact(); contact != nil {
		d.target = *contact.Address.Clone()
	}
	d.routes = headerValues(res, "Record-Route")
	slices.Reverse(d.routes)
}

// refresh takes a new Contact of the far end (RFC 3261 §12.2).
func (d *dialog) refresh(msg interface{ Contact() *sip.ContactHeader }) {
	if contact := msg.Contact(); contact != nil && !contact.Address.Wildcard {
		d.target = *contact.Address.Clone()
	}
}

// headerValues returns the values of every header of that name.
func headerValues(msg sip.Message, name string) []string {
	var values []string
	for _, h := range msg.GetHeaders(name) {
		values = append(values, h.Value())
	}
	return values
}
