package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
)

// lifecycle closes what was opened, last first, and runs what works until the end.
type lifecycle struct {
	log     *slog.Logger
	closers []closer
	wg      sync.WaitGroup
	failed  chan error // the first part that failed
}

type closer struct {
	name  string
	close func() error
}

func newLifecycle(log *slog.Logger) *lifecycle {
	return &lifecycle{log: log, failed: make(chan error, 1)}
}

// onClose remembers how to close a part.
func (l *lifecycle) onClose(name string, close func() error) {
	l.closers = append(l.closers, closer{name, close})
}

// goes runs a part; its failure ends the process, its end by context does not.
func (l *lifecycle) goes(ctx context.Context, name string, run func(context.Context) error) {
	l.wg.Go(func() {
		err := run(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		l.log.Error("app: a part failed", "part", name, "err", err)
		select {
		case l.failed <- err:
		default:
		}
	})
}

// close waits for all parts and closes what was opened, last first.
func (l *lifecycle) close() error {
	l.wg.Wait()
	var all error
	for i := len(l.closers) - 1; i >= 0; i-- {
		if err := l.closers[i].close(); err != nil {
			l.log.Error("app: not closed", "part", l.closers[i].name, "err", err)
			all = errors.Join(all, err)
		}
	}
	return all
}
