package app

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
)

// Invocation is how a command was called.
type Invocation struct {
	Args, Env []string
	Out, Err  io.Writer
}

// ErrUsage is the error of a command that was called wrongly.
var ErrUsage = errors.New("wrong usage")

// settings parses -config and loads the settings; what is left of the arguments
// is returned.
func (in Invocation) settings(command string) (Config, *slog.Logger, []string, error) {
	flags := flag.NewFlagSet(command, flag.ContinueOnError)
	flags.SetOutput(in.Err)
	file := flags.String("config", "", "settings `FILE` (YAML); see config.example.yaml")
	if err := flags.Parse(in.Args); err != nil {
		return Config{}, nil, nil, fmt.Errorf("%w: %w", ErrUsage, err)
	}
	c, warnings, err := Load(*file, in.Env)
	if err != nil {
		return Config{}, nil, nil, err
	}
	log := newLog(c.Log, in.Err)
	for _, w := range warnings {
		log.Warn("app: settings", "key", w.Key, "warning", w.Message)
	}
	return c, log, flags.Args(), nil
}

func newLog(l Log, to io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: l.Level}
	if l.Format == "json" {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}
