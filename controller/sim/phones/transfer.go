package phones

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// Transfer is a transfer that the far end has agreed to try (RFC 3515).
type Transfer struct {
	call     *Call
	progress []report // by CSeq; guarded by the call's lock
}

// report is one NOTIFY about a transfer. Two that come close together may be
// handled in the wrong order, so each keeps its place.
type report struct {
	sequence uint32
	status   int
}

// Transfer asks the far end to call number instead of us (blind). It returns
// when the far end has agreed; our call goes on until somebody hangs up.
func (c *Call) Transfer(ctx context.Context, number string) (*Transfer, error) {
	return c.refer(ctx, "<"+c.referTarget(number)+">")
}

// TransferTo asks the far end of c to take our place in other (attended).
func (c *Call) TransferTo(ctx context.Context, other *Call) (*Transfer, error) {
	other.mu.Lock()
	id, remoteTag, number := other.dialog.id, other.dialog.remoteTag, other.number
	if other.incoming {
		number = other.CallerNumber()
	}
	other.mu.Unlock()
	// The tags as the far end of other sees them (RFC 3891 §3).
	replaces := fmt.Sprintf("%s;to-tag=%s;from-tag=%s", id.callID, remoteTag, id.localTag)
	return c.refer(ctx, "<"+c.referTarget(number)+"?Replaces="+url.QueryEscape(replaces)+">")
}

// referTarget names number at the server that we share with the far end.
func (c *Call) referTarget(number string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	uri := sip.Uri{Scheme: "sip", User: escapeUser(number), Host: c.dialog.remote.uri.Host, Port: c.dialog.remote.uri.Port}
	return uri.String()
}

func (c *Call) refer(ctx context.Context, to string) (*Transfer, error) {
	t := &Transfer{call: c}
	// Known before the REFER leaves: the first NOTIFY may overtake its answer.
	c.update(func() { c.transfer = t })
	res, err := c.do(ctx, func(d *dialog) *sip.Request {
		req := d.next(sip.REFER)
		req.AppendHeader(sip.NewHeader("Refer-To", to))
		req.AppendHeader(sip.NewHeader("Referred-By", "<"+d.local.uri.String()+">"))
		return req
	})
	if err == nil {
		err = refusal(sip.REFER, res)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: transfer: %w", c, err)
	}
	return t, nil
}

// progressed takes a NOTIFY about our transfer (RFC 3515 §2.4.5: its body is a
// SIP status line).
func (c *Call) progressed(req *sip.Request) {
	line, _, _ := strings.Cut(string(req.Body()), "\r\n")
	fields := strings.Fields(line)
	if len(fields) < 2 || fields[0] != "SIP/2.0" {
		return // another event, such as waiting messages
	}
	status, err := strconv.Atoi(fields[1])
	if err != nil {
		c.agent.log.Warn("transfer progress not understood", "call", c, "line", line)
		return
	}
	c.update(func() {
		if t := c.transfer; t != nil {
			t.progress = append(t.progress, report{req.CSeq().SeqNo, status})
			slices.SortFunc(t.progress, func(a, b report) int { return cmp.Compare(a.sequence, b.sequence) })
		}
	})
}

// Progress returns the SIP statuses that the far end has reported so far.
func (t *Transfer) Progress() []int {
	t.call.mu.Lock()
	defer t.call.mu.Unlock()
	statuses := make([]int, 0, len(t.progress))
	for _, r := range t.progress {
		statuses = append(statuses, r.status)
	}
	return statuses
}

// Wait returns the final status that the far end reports: 200 when the
// transfer succeeded. A call that ends without a report is an error.
func (t *Transfer) Wait(ctx context.Context) (int, error) {
	status := 0
	err := t.call.wait(ctx, "the transfer's result", true, func() bool {
		for _, r := range t.progress {
			status = max(status, r.status)
		}
		return status >= 200
	})
	return status, err
}
