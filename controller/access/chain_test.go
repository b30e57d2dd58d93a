package access

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"bellhop/controller/kit/fault"
)

// Moving a character from one field to the next, or to another row, is a change.
func TestHashTellsRowsApart(t *testing.T) {
	one := func(r *rapid.T, label string) Audit {
		word := rapid.StringMatching(`[ab:]{0,2}`)
		return Audit{
			Seq: rapid.Int64Range(1, 20).Draw(r, label), At: time.UnixMicro(rapid.Int64Range(0, 20).Draw(r, label)),
			Who: word.Draw(r, label), Where: word.Draw(r, label), What: word.Draw(r, label), Object: word.Draw(r, label),
			Before: word.Draw(r, label), After: word.Draw(r, label), Reason: word.Draw(r, label),
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		a, b := one(r, "a"), one(r, "b")
		if (a == b) != (a.hashAfter("x") == b.hashAfter("x")) {
			r.Fatalf("%+v\n%+v", a, b)
		}
		if a.hashAfter("x") == a.hashAfter("y") {
			r.Fatal("the row before does not count")
		}
	})
}

// The encoding is a promise: rows written years ago must still verify.
func TestHashIsForever(t *testing.T) {
	row := Audit{
		Seq: 7, At: time.Date(2026, 5, 1, 8, 0, 0, 123456000, time.UTC), Who: "account:zhang", Where: "10.0.0.1",
		What: "room.put", Object: "1101", Before: "", After: `{"n":1}`, Reason: "换房",
	}
	const want = "0a37c771d004b4dc9863d3b9df47cdc550e0afe1867cdb1fb6a2fbb00f06e972" // made by another program
	if got := row.hashAfter("ab"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSecretsAreHidden(t *testing.T) {
	for in, want := range map[string]string{
		``:                                        ``,
		`{"password":"x"}`:                        `{"password":"[hidden]"}`,
		`{"Password_Hash":"x","name":"y"}`:        `{"Password_Hash":"[hidden]","name":"y"}`,
		`[{"a":{"sipSecret":["x","y"]}}]`:         `[{"a":{"sipSecret":"[hidden]"}}]`,
		`{"voicemail_pin":1234}`:                  `{"voicemail_pin":"[hidden]"}`,
		`{"has_secret":true,"secret":null}`:       `{"has_secret":true,"secret":null}`,
		`{"spinning":1,"b":12345678901234567890}`: `{"b":12345678901234567890,"spinning":1}`,
		`{"n":"<名>"}`:                             `{"n":"<名>"}`,
		`"a\u0000b"`:                              `"a\ufffdb"`,
	} {
		if got, err := fitFacts("after", in); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", in, got, err, want)
		}
	}
	for _, in := range []string{`{`, `x`, `{} {}`, `{"a":1}]`} {
		if _, err := fitFacts("after", in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", in, err)
		}
	}
	long, err := fitFacts("after", `["`+strings.Repeat("x", maxAuditFacts)+`"]`)
	if err != nil || len(long) > 200 || !json.Valid([]byte(long)) {
		t.Errorf("too long: %s, %v", long, err)
	}
}

// Whatever people type, the row fits every database.
func TestTextFits(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := string(rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(r, "text"))
		if got := fitText(s); !utf8.ValidString(got) || strings.Contains(got, "\x00") || len(got) > maxAuditText+len("…") {
			r.Fatalf("%q", got)
		}
	})
	if got := fitText(strings.Repeat("名", 1000)); !utf8.ValidString(got) || !strings.HasSuffix(got, "…") {
		t.Errorf("cut in the middle of a character: %q", got[len(got)-8:])
	}
}

func TestRowOfAnAct(t *testing.T) {
	act := Act{By: Principal{Kind: KindToken, ID: "7f", Handle: "pms"}, From: "10.0.0.1", Reason: "why"}
	row := act.Row("room.put", "1101", nil, map[string]int{"beds": 2})
	if row.Who != "token:7f" || row.Where != "10.0.0.1" || row.Reason != "why" || row.Before != "" || row.After != `{"beds":2}` {
		t.Errorf("got %+v", row)
	}
	if row := act.Row("x", "", make(chan int), nil); !json.Valid([]byte(row.Before)) {
		t.Errorf("got %+v", row)
	}
	if who := System("x").Row("y", "", nil, nil).Who; who != "system" {
		t.Error(who)
	}
	if got := reasonOf(errors.New("dsn has password")); got != "internal" {
		t.Error(got)
	}
}
