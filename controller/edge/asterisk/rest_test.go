package asterisk

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

func TestOptionsAreChecked(t *testing.T) {
	for _, o := range []Options{
		{}, {URL: "http://h/ari"}, {URL: "http://h/ari", User: "u"},
		{URL: "h:8088", User: "u", Password: "p"}, {URL: "ws://h/ari", User: "u", Password: "p"},
	} {
		if _, err := New(o); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v, want invalid", o, err)
		}
	}
}

func TestAnswersBecomeCodes(t *testing.T) {
	f := newFakeARI(t)
	s := switchTo(t, f.options())
	for _, c := range []struct {
		status int
		body   string
		want   fault.Code
		says   string
	}{
		{400, `{"message":"Invalid parameter"}`, fault.Invalid, "Invalid parameter"},
		{401, ``, fault.Unauthorized, ""},
		{403, `{"message":"read only"}`, fault.Forbidden, "read only"},
		{404, `{"message":"Channel not found"}`, fault.NotFound, "Channel not found"},
		{409, `{"message":"Channel not in Stasis application"}`, fault.Conflict, "Stasis"},
		{412, `{"message":"Channel in invalid state"}`, fault.Conflict, "state"},
		{422, `{"message":"Channel not in this bridge"}`, fault.Conflict, "bridge"},
		{500, `{"error":"Allocation failed"}`, fault.Internal, "Allocation failed"},
		{500, `<html> not  JSON </html>`, fault.Internal, "<html> not JSON </html>"},
		{503, ``, fault.Unavailable, ""},
	} {
		f.set(func() {
			f.answer = func(w http.ResponseWriter, _ *http.Request) bool {
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
				return true
			}
		})
		err := s.Answer(t.Context(), "x")
		if !fault.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%d %s: %v (%s), want %s", c.status, c.body, err, fault.CodeOf(err), c.want)
		}
		if status, _ := answered(err); status != c.status {
			t.Errorf("status %d is not in the error", c.status)
		}
	}
}

func TestNobodyListens(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	s := switchTo(t, Options{URL: server.URL + "/ari", User: "u", Password: "p"})
	if err := s.Answer(t.Context(), "x"); !fault.Is(err, fault.Unavailable) {
		t.Errorf("refused: %v, want unavailable", err)
	}
	if got := s.Stats().Commands["post answer"]; got.Count != 1 || got.Errors[fault.Unavailable] != 1 {
		t.Errorf("stats %+v", got)
	}
}

func TestAlreadyGoneIsSuccess(t *testing.T) {
	f := newFakeARI(t)
	f.answer = func(w http.ResponseWriter, r *http.Request) bool {
		status, body := http.StatusNotFound, `{"message":"not found"}`
		if strings.HasSuffix(r.URL.Path, "/removeChannel") {
			status, body = http.StatusBadRequest, `{"message":"Channel not found"}`
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
		return true
	}
	s := switchTo(t, f.options())
	ctx := t.Context()
	must(t, s.Hangup(ctx, "x", calls.CauseNormal))
	must(t, s.Leave(ctx, "b", "x"))
	must(t, s.DestroyBridge(ctx, "b"))
	must(t, s.StopPlay(ctx, "p"))
	if s.Stats().Legs != 0 {
		t.Error("a leg that never was is remembered")
	}
	if err := s.Join(ctx, "b", "x"); !fault.Is(err, fault.NotFound) {
		t.Errorf("join: %v", err)
	}
}

func TestNoIDReachesAnotherResource(t *testing.T) {
	f := newFakeARI(t)
	s := switchTo(t, f.options())
	for id, want := range map[calls.LegID]string{
		"a/b":        "POST /ari/channels/a%2Fb/answer",
		"a#b?c&d":    "POST /ari/channels/a%23b%3Fc&d/answer",
		"..":         "POST /ari/channels/%2E%2E/answer",
		"../bridges": "POST /ari/channels/..%2Fbridges/answer",
		"é %":        "POST /ari/channels/%C3%A9%20%25/answer",
	} {
		must(t, s.Answer(t.Context(), id))
		if got := f.seen(); !slices.Contains(got, want) {
			t.Errorf("%q was sent as %q, want %q", id, got[len(got)-1], want)
		}
	}
	if err := s.Answer(t.Context(), ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("no id: %v, want invalid", err)
	}
}

func TestUnreachableIsAnEndAndNotAnError(t *testing.T) {
	f := newFakeARI(t)
	f.answer = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/channels") {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, `{"error":"Allocation failed"}`)
			return true
		}
		return false
	}
	s := switchTo(t, f.options())
	ev := run(t, s)
	must(t, s.Originate(t.Context(), calls.Originate{Leg: "x", Endpoint: "p1"}))
	if e := ev.wait(calls.Ended, "x"); e.Cause != calls.CauseAbsent {
		t.Errorf("cause %s", e.Cause)
	}
	if s.Stats().Legs != 0 {
		t.Error("the leg is remembered")
	}
}

func TestErrorsUnwrap(t *testing.T) {
	err := statusFault(&StatusError{Command: "answer", Status: 404, Message: "Channel not found"})
	if _, ok := errors.AsType[*StatusError](err); !ok {
		t.Error("the answer is not in the chain")
	}
}
