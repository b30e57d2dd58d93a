package routing

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"bellhop/controller/kit/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, m *memory) *Service {
	t.Helper()
	s, err := Open(t.Context(), m, func() time.Time { return noon }, num("*55"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOperations(t *testing.T) {
	m := &memory{}
	s := open(t, m)
	_, replaced := s.Watch()
	steps := []struct {
		op   Op
		code fault.Code
		want string // in the reason or the error
	}{
		{Load("amy", DemoData("a", "b", noon)), "", "loaded by amy"},
		{PutTrunk("amy", Trunk{Name: "mobile-3", Address: "c:5060", Register: true, Username: "u", Secret: "s"}), "", "trunk mobile-3 set by amy"},
		{PutTrunk("amy", Trunk{Name: "mobile-3", Address: "d:5060", Register: true, Username: "u"}), "", "set"},
		{PutTrunk("amy", Trunk{Name: "mobile-3", Address: "d:5060", Register: true, Username: "v"}), fault.Invalid, "secret"},
		{PutRoute("amy", Route{Prefix: "138", Trunks: []string{"mobile-3"}}), "", "route r1 set by amy"},
		{PutRoute("amy", Route{Prefix: "139", Trunks: []string{"mobile-3"}}), "", "route r2 set by amy"},
		{DropTrunk("amy", "mobile-3"), fault.Conflict, "still in use"},
		{DropRoute("amy", "r1"), "", "removed"},
		{DropRoute("amy", "r1"), fault.NotFound, "does not exist"},
		{DropRoute("amy", "r2"), "", "removed"},
		{DropTrunk("amy", "mobile-3"), "", "removed by amy"},
		{DropTrunk("amy", "mobile-3"), fault.NotFound, "does not exist"},
		{PutDID("amy", DID{Number: "88881101", To: num("1101")}), "", "number 88881101"},
		{PutDID("amy", DID{Number: "88881101"}), fault.Invalid, "to: is missing"},
		{DropDID("amy", "88881101"), "", "removed"},
		{DropDID("amy", "88881101"), fault.NotFound, "does not exist"},
		{PutScreening("amy", Screening{Direction: Inbound, Pattern: "139*", Verdict: Flag, Reason: "x"}), "", "screening s5"},
		{PutScreening("amy", Screening{Direction: Inbound, Pattern: "110", Verdict: Allow, Reason: "x"}), fault.Invalid, "never be listed"},
		{PutScreening("amy", Screening{Direction: Inbound, Pattern: "139*", Verdict: Flag, Reason: "x", Expires: noon}), fault.Invalid, "expires"},
		{DropScreening("amy", "s1"), "", "removed by amy"},
		{DropScreening("amy", "s1"), fault.NotFound, "does not exist"},
	}
	for i, step := range steps {
		reason, err := s.Do(t.Context(), step.op)
		text := reason
		if err != nil {
			text = err.Error()
		}
		if fault.CodeOf(err) != step.code || !strings.Contains(text, step.want) {
			t.Errorf("step %d: got %q %v, want %q %s", i, reason, err, step.want, step.code)
		}
		if k, ok := s.Table().Trunk("mobile-3"); ok && (k.Secret != "s" || k.Endpoint != "trunkmobile3") {
			t.Errorf("step %d: trunk %+v", i, k)
		}
	}
	select {
	case <-replaced:
	default:
		t.Error("the watcher was not told")
	}
	for _, e := range s.Table().Data().Screening {
		if e.ID == "s5" && (e.By != "amy" || !e.Created.Equal(noon)) {
			t.Errorf("who and when: %+v", e)
		}
	}
	if again := open(t, m); fmt.Sprint(again.Table().Data()) != fmt.Sprint(s.Table().Data()) {
		t.Error("what is stored is not what is shown")
	}
}

func TestStoreFails(t *testing.T) {
	m := &memory{data: DemoData("a", "b", noon)}
	s := open(t, m)
	down := errors.New("disk full")
	m.fail = down
	if _, err := s.Do(t.Context(), DropRoute("amy", "local")); !fault.Is(err, fault.Unavailable) || !errors.Is(err, down) {
		t.Errorf("got %v", err)
	}
	if !has(s.Table().Data().Routes, routeKey, "local") {
		t.Error("shown though not stored")
	}
	m.fail, m.failLate = nil, down
	if _, err := s.Do(t.Context(), DropRoute("amy", "local")); err == nil {
		t.Error("no error")
	}
	m.failLate = nil
	if _, err := s.Do(t.Context(), DropRoute("amy", "local")); !fault.Is(err, fault.NotFound) {
		t.Errorf("the store had done it, the table does not know: %v", err)
	}
	m.fail = down
	if _, err := Open(t.Context(), m, func() time.Time { return noon }); !errors.Is(err, down) {
		t.Errorf("got %v", err)
	}
	m.fail, m.data = nil, Data{Routes: []Route{{ID: "r", Trunks: []string{"gone"}}}}
	if err := s.Refresh(t.Context()); !fault.Is(err, fault.Internal) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Do(ctx, DropRoute("amy", "local")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v", err)
	}
}

func TestConcurrentUse(t *testing.T) {
	s := open(t, &memory{data: DemoData("a", "b", noon)})
	h := house(t)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 20 {
				e := Screening{Direction: Inbound, Pattern: fmt.Sprintf("139%d%d", i, j), Verdict: Flag, Reason: "x"}
				if _, err := s.Do(t.Context(), PutScreening("amy", e)); err != nil {
					t.Error(err)
				}
				Decide(Call{From: num("1206"), Dialled: "13800138000"}, h, s.Table(), noon)
			}
		})
	}
	wg.Wait()
	if n := len(s.Table().Data().Screening); n != 4+160 {
		t.Errorf("%d entries", n)
	}
}
