package app

import (
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/calls"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// The objects of the live feed (docs/feed.md), as browsers get them.
type (
	partyView struct {
		Number    string `json:"number"`
		Name      string `json:"name,omitempty"`
		Extension string `json:"extension,omitempty"`
		Room      string `json:"room,omitempty"`
		Stay      string `json:"stay,omitempty"`
	}
	legView struct {
		Leg     string    `json:"leg"`
		Party   partyView `json:"party"`
		Role    string    `json:"role"`
		Up      bool      `json:"up"`
		Held    bool      `json:"held"`
		Since   time.Time `json:"since"`
		Monitor string    `json:"monitor,omitempty"`
	}
	callView struct {
		ID        string    `json:"id"`
		Direction string    `json:"direction"`
		Phase     string    `json:"phase"`
		From      partyView `json:"from"`
		To        partyView `json:"to"`
		Dialled   string    `json:"dialled"`
		Trunk     string    `json:"trunk,omitempty"`
		Emergency bool      `json:"emergency"`
		Started   time.Time `json:"started"`
		Answered  time.Time `json:"answered,omitzero"`
		Parties   []legView `json:"parties"`
		places    []place   // of its parties: who may see the call
	}
	extensionView struct {
		Number     string    `json:"number"`
		Kind       string    `json:"kind"`
		Name       string    `json:"name"`
		Room       string    `json:"room,omitempty"`
		Floor      string    `json:"floor,omitempty"`
		Department string    `json:"department,omitempty"`
		State      string    `json:"state"`
		Call       string    `json:"call,omitempty"`
		Peer       string    `json:"peer,omitempty"`
		Since      time.Time `json:"since,omitzero"`
		DND        bool      `json:"dnd"`
		Occupied   bool      `json:"occupied"`
		VIP        int       `json:"vip"`
	}
	trunkView struct {
		Name   string `json:"name"`
		Online bool   `json:"online"`
		Used   int    `json:"used"`
		Limit  int    `json:"limit"`
	}
	seatView struct {
		Account   string         `json:"account"`
		Name      string         `json:"name"`
		Extension string         `json:"extension"`
		State     string         `json:"state"`
		Reason    string         `json:"reason,omitempty"`
		Since     time.Time      `json:"since"`
		SignedOn  time.Time      `json:"signed_on"`
		Calls     int            `json:"calls"`
		Talk      int            `json:"talk_seconds"`
		Missed    int            `json:"missed"`
		Call      string         `json:"call,omitempty"`
		VIP       bool           `json:"vip"`
		Skills    map[string]int `json:"skills"`
	}
	callerView struct {
		Call     string    `json:"call"`
		Queue    string    `json:"queue"`
		Entered  time.Time `json:"entered"`
		Number   string    `json:"number"`
		Name     string    `json:"name,omitempty"`
		Room     string    `json:"room,omitempty"`
		VIP      int       `json:"vip"`
		Language string    `json:"language,omitempty"`
		Malice   bool      `json:"malice"`
		Ringing  []string  `json:"ringing"`
		Position int       `json:"position"`
	}
	parkedView struct {
		Call   string    `json:"call"`
		Number string    `json:"number"`
		Name   string    `json:"name,omitempty"`
		Room   string    `json:"room,omitempty"`
		Note   string    `json:"note,omitempty"`
		For    string    `json:"for,omitempty"`
		By     string    `json:"by"`
		At     time.Time `json:"at"`
		Recall time.Time `json:"recall,omitzero"`
	}
	queueView struct {
		Name    string         `json:"name"`
		Title   string         `json:"title"`
		Number  string         `json:"number,omitempty"`
		Waiting int            `json:"waiting"`
		Longest time.Time      `json:"longest_since,omitzero"`
		Figures map[string]any `json:"figures"`
		Target  targetView     `json:"target"`
	}
	targetView struct {
		Within  int     `json:"within_seconds"`
		Share   float64 `json:"share"`
		Short   int     `json:"short_seconds"`
		Formula string  `json:"formula"`
	}
	statusView struct {
		Switch   bool `json:"switch"`
		Database bool `json:"database"`
		Live     int  `json:"live"`
	}
	alertView struct {
		Call    string    `json:"call"`
		At      time.Time `json:"at"`
		From    partyView `json:"from"`
		Guest   string    `json:"guest,omitempty"`
		Dialled string    `json:"dialled"`
		Ended   time.Time `json:"ended,omitzero"`
	}
)

// place is where an extension belongs, as rights see it.
type place struct{ department, floor string }

func placeOf(d *hotel.Directory, number string) place {
	n, err := phone.Parse(number)
	if err != nil {
		return place{}
	}
	e, _ := d.Extension(n)
	r, _ := d.Room(e.Room)
	return place{e.Department, r.Floor}
}

func viewQueue(q acd.QueueState, longest time.Time) queueView {
	t := q.Target
	return queueView{
		Name: q.Name, Title: q.Title, Number: q.Number.String(), Waiting: q.Waiting, Longest: longest, Figures: viewFigures(q.Figures, t),
		Target: targetView{seconds(t.Within), t.Share, seconds(t.Short), string(t.Formula)},
	}
}

// viewFigures is what a wallboard shows of today; a share without anybody to
// count is left out.
func viewFigures(f acd.Figures, t acd.Target) map[string]any {
	v := map[string]any{
		"offered": f.Offered, "answered": f.Answered, "abandoned": f.Abandoned, "overflowed": f.Overflowed,
		"answered_in_target": f.AnsweredInTarget, "longest_wait_seconds": seconds(f.LongestWait), "median_wait_seconds": seconds(f.MedianWait),
	}
	if level, ok := f.ServiceLevel(t.Formula); ok {
		v["service_level"] = level
	}
	if f.Answered > 0 {
		v["asa_seconds"] = f.Wait.Seconds() / float64(f.Answered)
	}
	return v
}

func viewParty(p calls.Party) partyView {
	return partyView{Number: p.Number, Name: p.Name, Extension: p.Extension, Room: p.Room, Stay: p.Stay}
}

func viewCall(l calls.Live) callView {
	v := callView{
		ID: string(l.ID), Direction: string(l.Direction), Phase: string(l.Phase), From: viewParty(l.From), To: viewParty(l.To),
		Dialled: l.Dialled, Trunk: l.Trunk, Emergency: l.Emergency, Started: l.Started, Answered: l.Answered, Parties: []legView{},
	}
	for _, p := range l.Parties {
		v.Parties = append(v.Parties, legView{
			Leg: string(p.Leg), Party: viewParty(p.Party), Role: p.Role, Up: p.Up, Held: p.Held, Since: p.Since, Monitor: string(p.Monitor),
		})
	}
	return v
}

func viewSeat(s acd.Seat) seatView {
	return seatView{
		Account: s.Account, Name: s.Name, Extension: s.Extension, State: string(s.State), Reason: s.Reason, Since: s.Since,
		SignedOn: s.SignedOn, Calls: s.Calls, Talk: seconds(s.Talk), Missed: s.Missed, Call: s.Call, VIP: s.VIP, Skills: s.Skills,
	}
}

func viewCaller(c acd.Caller, position int) callerView {
	return callerView{
		Call: c.Call, Queue: c.Queue, Entered: c.Entered, Number: c.Number, Name: c.Name, Room: c.Room, VIP: c.VIP,
		Language: c.Language, Malice: c.Malice, Ringing: append([]string{}, c.Ringing...), Position: position,
	}
}

func viewParked(p acd.Parked) parkedView { return parkedView(p) }

func seconds(d time.Duration) int { return int(d.Round(time.Second) / time.Second) }

// The states of an extension on the wall of lamps.
const (
	lampIdle    = "idle"
	lampRinging = "ringing"
	lampTalking = "talking"
	lampHeld    = "held"
	lampDND     = "dnd"
	lampOffline = "offline"
	lampVacant  = "vacant"
)

// viewExtension shows an extension: what a call does with it comes before what was
// set on it, and that before who is away.
func viewExtension(d *hotel.Directory, e hotel.Extension, mine *calls.Live, online bool) extensionView {
	v := extensionView{
		Number: e.Number.String(), Kind: string(e.Kind), Name: e.Name, Room: e.Room, Department: e.Department,
		DND: e.DoNotDisturb, State: lampIdle,
	}
	if r, ok := d.Room(e.Room); ok {
		v.Floor = r.Floor
	}
	if stay, ok := d.StayIn(e.Room); ok && e.Room != "" {
		v.Occupied = true
		for _, g := range stay.Guests {
			v.VIP = max(v.VIP, g.VIP)
		}
		if len(stay.Guests) > 0 {
			v.Name = stay.Guests[0].Name
		}
	}
	switch {
	case mine != nil:
		v.inCall(*mine)
	case !online:
		v.State = lampOffline
	case v.DND:
		v.State = lampDND
	case e.Room != "" && !v.Occupied:
		v.State = lampVacant
	}
	return v
}

// inCall shows what a live call does with the extension.
func (v *extensionView) inCall(l calls.Live) {
	v.Call, v.Since, v.State = string(l.ID), l.Started, lampRinging
	for _, p := range l.Parties {
		if p.Party.Extension != v.Number {
			v.Peer = p.Party.Number
			continue
		}
		switch {
		case p.Held:
			v.State = lampHeld
		case p.Up:
			v.State, v.Since = lampTalking, p.Since
		}
	}
}
