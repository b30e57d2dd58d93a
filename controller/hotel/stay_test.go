package hotel

import (
	"testing"
	"time"

	"bellhop/controller/kit/fault"
)

func arrival(room string, share bool, guests ...Guest) Op {
	return CheckIn(Arrival{Stay: "s" + room + guests[0].ID, Room: room, Guests: guests, Share: share})
}

func wantClass(t *testing.T, d *Directory, n, class string) {
	t.Helper()
	if got, why := d.ClassOf(extension(t, d, n)); got.Name != class {
		t.Errorf("class of %s is %q (%s), want %q", n, got.Name, why, class)
	}
}

func TestCheckInOpensTheLine(t *testing.T) {
	d := do(t, demo(t), SetDoNotDisturb(num("1102"), true))
	wantClass(t, d, "1102", "internal")
	d = do(t, d, arrival("1102", false, Guest{ID: "g1", Name: "欧阳女士", Language: "en"}))
	wantClass(t, d, "1102", "national")
	e := extension(t, d, "1102")
	if e.DoNotDisturb {
		t.Error("do-not-disturb of the time before is still on")
	}
	if d.LanguageOf(e) != "en" {
		t.Errorf("language is %s", d.LanguageOf(e))
	}
	if name, _ := d.CallerName(e, extension(t, d, "8000")); name != "欧阳女士" {
		t.Errorf("the desk sees %q", name)
	}
	if s, _ := d.StayOf("g1"); s.Room != "1102" || !s.CheckedIn.Equal(noon) {
		t.Errorf("stay is %+v", s)
	}
}

func TestSecondGuestTouchesNothing(t *testing.T) {
	d := do(t, demo(t),
		SetDoNotDisturb(num("1206"), true),
		EditExtension(num("1206"), func(e *Extension) { e.Language = "en" }))
	before, line := extension(t, d, "1206"), d.LanguageOf(extension(t, d, "1206"))
	d = do(t, d, arrival("1206", true, Guest{ID: "g2", Name: "Smith", Language: "de"}))
	if extension(t, d, "1206") != before || d.LanguageOf(before) != line {
		t.Error("the line was touched")
	}
	wantClass(t, d, "1206", "international")
	if s, _ := d.StayIn("1206"); len(s.Guests) != 2 || s.Guests[0].Name != "东方先生" {
		t.Errorf("guests are %+v", s.Guests)
	}
	d = do(t, d, CheckOut("1206", "70031"))
	if name, _ := d.CallerName(before, extension(t, d, "8000")); name != "Smith" {
		t.Errorf("after the first left, the desk sees %q", name)
	}
	wantClass(t, d, "1206", "international")
	d = do(t, d, CheckOut("1206", "g2"))
	wantVacant(t, d, "1206")
}

func wantVacant(t *testing.T, d *Directory, room string) {
	t.Helper()
	if s, occupied := d.StayIn(room); occupied {
		t.Errorf("room %s is occupied: %+v", room, s)
	}
	wantClass(t, d, room, d.Property().VacantClass)
	e := extension(t, d, room)
	if e.DoNotDisturb || e.Language != "" || !e.ForwardTo.IsZero() {
		t.Errorf("room %s keeps what belonged to the guest: %+v", room, e)
	}
	if name, _ := d.CallerName(e, extension(t, d, "8000")); name != room {
		t.Errorf("vacant room %s is shown as %q", room, name)
	}
}

func TestCheckOut(t *testing.T) {
	d := do(t, demo(t), SetDoNotDisturb(num("1301"), true),
		EditExtension(num("1301"), func(e *Extension) { e.Language = "en" }), CheckOut("1301", ""))
	wantVacant(t, d, "1301")
	// A clock that was set back must not make a stay end before it began.
	dec, err := CheckOut("1206", "")(d, noon.Add(-time.Hour))
	if err != nil || !dec.Changes.Stays.Put[0].CheckedOut.Equal(noon) {
		t.Errorf("got %+v, %v", dec, err)
	}
}

func TestMove(t *testing.T) {
	start := do(t, demo(t), SetDoNotDisturb(num("1301"), true),
		EditExtension(num("1301"), func(e *Extension) { e.Language = "en" }))
	t.Run("all to a vacant room", func(t *testing.T) {
		d := do(t, start, Move(Relocation{Room: "1301", To: "1401"}))
		wantVacant(t, d, "1301")
		wantClass(t, d, "1401", "local")
		if e := extension(t, d, "1401"); !e.DoNotDisturb || e.Language != "en" {
			t.Errorf("what belongs to the guest did not come along: %+v", e)
		}
		if s, _ := d.StayIn("1401"); s.ID != "demo-1301" || len(s.Guests) != 2 {
			t.Errorf("stay is %+v", s)
		}
	})
	t.Run("one of two to a vacant room", func(t *testing.T) {
		d := do(t, start, Move(Relocation{Room: "1301", Guest: "70033", To: "1401", Stay: "new"}))
		wantClass(t, d, "1401", "local")
		wantClass(t, d, "1301", "local")
		if e := extension(t, d, "1401"); e.DoNotDisturb {
			t.Error("the new line is not fresh")
		}
		if e := extension(t, d, "1301"); !e.DoNotDisturb || e.Language != "en" {
			t.Errorf("the line of those who stay was touched: %+v", e)
		}
		if s, _ := d.StayIn("1301"); s.ID != "demo-1301" || len(s.Guests) != 1 || s.Guests[0].ID != "70034" {
			t.Errorf("old stay is %+v", s)
		}
		if s, _ := d.StayOf("70033"); s.ID != "new" || s.Room != "1401" {
			t.Errorf("new stay is %+v", s)
		}
	})
	t.Run("one of two joins others", func(t *testing.T) {
		d := do(t, start, Move(Relocation{Room: "1301", Guest: "70034", To: "1206", Share: true}))
		wantClass(t, d, "1206", "international")
		if s, _ := d.StayIn("1206"); len(s.Guests) != 2 || s.Guests[0].ID != "70031" {
			t.Errorf("joined stay is %+v", s)
		}
	})
	t.Run("all join others", func(t *testing.T) {
		dec, err := Move(Relocation{Room: "1301", To: "1206", Share: true})(start, noon)
		if err != nil {
			t.Fatal(err)
		}
		if s := dec.Changes.Stays.Put[0]; s.ID != "demo-1301" || !s.CheckedOut.Equal(noon) {
			t.Errorf("old stay is not closed: %+v", s)
		}
		d := after(t, start, dec.Changes)
		wantVacant(t, d, "1301")
		if s, _ := d.StayIn("1206"); len(s.Guests) != 3 {
			t.Errorf("joined stay is %+v", s)
		}
		if e := extension(t, d, "1206"); e.DoNotDisturb {
			t.Error("the line of those who were there was touched")
		}
	})
}

func TestEditGuest(t *testing.T) {
	d := do(t, demo(t),
		EditExtension(num("1206"), func(e *Extension) { e.Language = "en" }),
		EditGuest("1206", "70031", func(g *Guest) { g.Name, g.VIP = "东方夫妇", 3 }))
	if l := d.LanguageOf(extension(t, d, "1206")); l != "en" {
		t.Errorf("the language chosen on the phone is lost: %s", l)
	}
	d = do(t, d, EditGuest("1206", "70031", func(g *Guest) { g.Language = "zh" }),
		EditGuest("1206", "70031", func(g *Guest) { g.Language = "zh-CN" }), SetClass("1206", "local"))
	if l := d.LanguageOf(extension(t, d, "1206")); l != "zh-CN" {
		t.Errorf("language is %s", l)
	}
	wantClass(t, d, "1206", "local")
	d = do(t, d, SetClass("1206", ""))
	wantClass(t, d, "1206", "national")
}

func TestStayErrors(t *testing.T) {
	d := demo(t)
	g := Guest{ID: "g"}
	for _, tt := range []struct {
		name string
		op   Op
		code fault.Code
		text string
	}{
		{"no such room", arrival("999", false, g), fault.NotFound, `room "999"`},
		{"occupied", arrival("1206", false, g), fault.Conflict, "share it"},
		{"no guest", CheckIn(Arrival{Stay: "s", Room: "1102"}), fault.Invalid, "guests"},
		{"no id", CheckIn(Arrival{Room: "1102", Guests: []Guest{g}}), fault.Invalid, "stay"},
		{"id of another stay", CheckIn(Arrival{Stay: "demo-1206", Room: "1102", Guests: []Guest{g}}), fault.Conflict, "demo-1206"},
		{"guest is in", arrival("1102", false, Guest{ID: "70031"}), fault.Conflict, "already in room 1206"},
		{"class of a sharer", CheckIn(Arrival{Stay: "s", Room: "1206", Guests: []Guest{g}, Share: true, Class: "local"}), fault.Invalid, "settled"},
		{"no such class", CheckIn(Arrival{Stay: "s", Room: "1102", Guests: []Guest{g}, Class: "gold"}), fault.Invalid, "gold"},
		{"name with a line break", arrival("1102", false, Guest{ID: "g", Name: "a\nb"}), fault.Invalid, "control"},
		{"one guest twice", arrival("1102", false, g, g), fault.Invalid, "already"},
		{"check out of a vacant room", CheckOut("1102", ""), fault.Conflict, "vacant"},
		{"check out of no room", CheckOut("1", ""), fault.NotFound, "room"},
		{"check out of a stranger", CheckOut("1206", "x"), fault.NotFound, `guest "x" is not in room 1206`},
		{"move from a vacant room", Move(Relocation{Room: "1102", To: "1103"}), fault.Conflict, "vacant"},
		{"move to no room", Move(Relocation{Room: "1206", To: "1"}), fault.NotFound, "room"},
		{"move to the same room", Move(Relocation{Room: "1206", To: "1206"}), fault.Invalid, "to"},
		{"move onto others", Move(Relocation{Room: "1206", To: "1301"}), fault.Conflict, "share it"},
		{"move of a stranger", Move(Relocation{Room: "1206", Guest: "x", To: "1102"}), fault.NotFound, "x"},
		{"move without id", Move(Relocation{Room: "1301", Guest: "70033", To: "1102"}), fault.Invalid, "stay"},
		{"move with a used id", Move(Relocation{Room: "1301", Guest: "70033", To: "1102", Stay: "demo-1101"}), fault.Conflict, "demo-1101"},
		{"new id of a guest", EditGuest("1206", "70031", func(g *Guest) { g.ID = "y" }), fault.Invalid, "renamed"},
		{"class of a vacant room", SetClass("1102", "local"), fault.Conflict, "vacant"},
		{"drop of an occupied room", DropRoom("1206"), fault.Conflict, "occupied"},
		{"drop of its extension", DropExtension(num("1206")), fault.Conflict, "occupied"},
	} {
		t.Run(tt.name, func(t *testing.T) { refused(t, d, tt.op, tt.code, tt.text) })
	}
}
