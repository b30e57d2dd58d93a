package switchtest_test

import (
	"testing"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/calls/switchtest"
)

// bench lets the contract suite drive the fake switch.
type bench struct{ *switchtest.Fake }

func (b bench) Switch() calls.Switch         { return b.Fake }
func (b bench) Endpoint(phone string) string { return "phone-" + phone }

func (b bench) Script(_ *testing.T, phone string, how switchtest.Behaviour) {
	b.Fake.Script(b.Endpoint(phone), how)
}

func (b bench) Call(_ *testing.T, phone, number string) { b.Fake.Call(b.Endpoint(phone), number) }

func (b bench) leg(t *testing.T, phone string) calls.LegID {
	t.Helper()
	legs := b.Find(b.Endpoint(phone))
	if len(legs) != 1 {
		t.Fatalf("%d legs at phone %s, want 1", len(legs), phone)
	}
	return legs[0]
}

func (b bench) HangUp(t *testing.T, phone string)        { b.Fake.HangUp(b.leg(t, phone)) }
func (b bench) Press(t *testing.T, phone, key string)    { b.Fake.Press(b.leg(t, phone), key) }
func (b bench) Refer(t *testing.T, phone, number string) { b.Fake.Refer(b.leg(t, phone), number, "") }

func (b bench) Hear(t *testing.T, one, two string) {
	t.Helper()
	first, second := b.leg(t, one), b.leg(t, two)
	if !b.Fake.Hears(first, second) || !b.Fake.Hears(second, first) {
		t.Errorf("%s and %s do not hear each other", one, two)
	}
}

func (b bench) Deaf(t *testing.T, one, two string) {
	t.Helper()
	if b.Fake.Hear(b.leg(t, one), b.leg(t, two)) {
		t.Errorf("%s and %s hear each other", one, two)
	}
}

func (b bench) Listens(t *testing.T, ear, mouth string) {
	t.Helper()
	e, m := b.leg(t, ear), b.leg(t, mouth)
	if !b.Fake.Hears(e, m) || b.Fake.Hears(m, e) {
		t.Errorf("%s hears %s: %t, and is heard: %t", ear, mouth, b.Fake.Hears(e, m), b.Fake.Hears(m, e))
	}
}

func (b bench) Restart(*testing.T) {
	b.Die()
	b.Reconnect()
}

func TestFakeKeepsTheContract(t *testing.T) {
	switchtest.Contract(t, func(*testing.T) switchtest.Bench {
		return bench{switchtest.NewFake(time.Now)}
	})
}
