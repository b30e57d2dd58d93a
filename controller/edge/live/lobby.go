package live

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

// lobby lets sockets in, within limits, and out again.
type lobby struct {
	Admission
	log         *slog.Logger
	maxAll      int
	maxPerLogin int
	meter       meter

	life context.Context // over when the house closes
	stop context.CancelCauseFunc

	mu      sync.Mutex
	all     int
	byLogin map[string]int
	closed  bool
	group   sync.WaitGroup // one for each socket inside
}

func newLobby(a Admission, maxAll, maxPerLogin int, log *slog.Logger) *lobby {
	l := &lobby{Admission: a, log: log, maxAll: maxAll, maxPerLogin: maxPerLogin, byLogin: map[string]int{}}
	l.life, l.stop = context.WithCancelCause(context.Background())
	return l
}

// enter lets a request in or refuses it. Whoever is in must leave, and say why.
func (l *lobby) enter(w http.ResponseWriter, r *http.Request, needs access.Permission) (who access.Principal, leave func(cause error), in bool) {
	who, err := l.admit(r, needs)
	login := who.Login
	if login == "" {
		login = who.ID
	}
	if err == nil {
		err = l.seat(login)
	}
	if err != nil {
		l.refuse(w, err)
		return who, nil, false
	}
	l.meter.opened.Add(1)
	return who, func(cause error) {
		l.meter.left(cause)
		l.free(login)
	}, true
}

func (l *lobby) seat(login string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.closed:
		return fault.New(fault.Unavailable, "the controller stops")
	case l.all >= l.maxAll:
		return fault.New(fault.TooMany, "%d sockets are open, no more are allowed", l.all)
	case l.byLogin[login] >= l.maxPerLogin:
		return fault.New(fault.TooMany, "this login has %d sockets open, no more are allowed", l.maxPerLogin)
	}
	l.all++
	l.byLogin[login]++
	l.group.Add(1)
	return nil
}

func (l *lobby) free(login string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all--
	if l.byLogin[login]--; l.byLogin[login] == 0 {
		delete(l.byLogin, login)
	}
	l.group.Done()
}

// refuse answers before any upgrade.
func (l *lobby) refuse(w http.ResponseWriter, err error) {
	l.meter.refused.Add(1)
	if status := writeProblem(w, err); status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		l.log.Error("socket refused", "status", status, "err", err)
	}
}

// close ends all sockets and waits until they are gone, about a second.
func (l *lobby) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.stop(parting{code: statusStopping, reason: "the controller stops"})
	l.group.Wait()
}

// stats returns the figures of this lobby.
func (l *lobby) stats() Stats {
	l.mu.Lock()
	all := l.all
	l.mu.Unlock()
	return l.meter.stats(all)
}
