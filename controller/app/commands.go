package app

import (
	"context"
	"errors"
	"fmt"

	"bellhop/controller/calls"
	"bellhop/controller/edge/asterisk"
	"bellhop/controller/edge/store"
	"bellhop/controller/kit/clock"
	"bellhop/controller/sim/pbx"
	"bellhop/controller/sim/phones"
)

// Setup unpacks the Asterisk that demo and tests run.
func Setup(ctx context.Context, in Invocation) error {
	return pbx.Install(ctx, in.Out, pbx.RootFolder)
}

// Migrate brings the database up to date.
func Migrate(ctx context.Context, in Invocation) error {
	c, log, _, err := in.settings("migrate")
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, store.Settings{
		Driver: store.Driver(c.Database.Driver), Path: c.Database.Path, DSN: string(c.Database.DSN), Log: log, Clock: clock.System,
	})
	if err != nil {
		return err
	}
	defer s.Close()
	data, err := s.LoadHotel(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(in.Out, "database is up to date: %d rooms, %d extensions, %d open stays\n", len(data.Rooms), len(data.Extensions), len(data.Stays))
	return nil
}

// Simulate registers the phones of a file and lets them call each other.
func Simulate(ctx context.Context, in Invocation) error {
	if len(in.Args) != 2 || in.Args[0] != "phones" {
		return fmt.Errorf("%w: simulate phones FILE (as the demo writes it)", ErrUsage)
	}
	file, err := readPhones(in.Args[1])
	if err != nil {
		return err
	}
	if len(file.Phones) == 0 {
		return fmt.Errorf("%w: %s names no phones", ErrUsage, in.Args[1])
	}
	return phones.Simulate(ctx, in.Out, file.household(12))
}

// Doctor checks what the controller needs and says what to mend.
func Doctor(ctx context.Context, in Invocation) error {
	c, log, _, err := in.settings("doctor")
	if err != nil {
		return err
	}
	ill := 0
	check := func(name string, err error) {
		if err == nil {
			fmt.Fprintf(in.Out, "ok    %s\n", name)
			return
		}
		ill++
		fmt.Fprintf(in.Out, "FAIL  %s: %v\n", name, err)
	}
	s, err := store.Open(ctx, store.Settings{
		Driver: store.Driver(c.Database.Driver), Path: c.Database.Path, DSN: string(c.Database.DSN), Log: log, Clock: clock.System,
	})
	check("database", err)
	if err == nil {
		check("database closes", s.Close())
	}
	check("switch", reach(ctx, c.Asterisk))
	if c.Asterisk.BootDir == "" {
		fmt.Fprintln(in.Out, "note  asterisk.boot_dir is empty: a switch that restarts while we are away knows no phones")
	}
	if ill > 0 {
		return errors.New("not healthy; see above")
	}
	return nil
}

// reach asks the switch for a snapshot, without taking its calls.
func reach(ctx context.Context, a Asterisk) error {
	sw, err := asterisk.New(asterisk.Options{URL: a.URL, User: a.User, Password: string(a.Password)})
	if err != nil {
		return err
	}
	var port calls.Switch = sw
	_, err = port.Snapshot(ctx)
	return err
}
