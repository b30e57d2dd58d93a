package app

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"bellhop/controller/access"
	"bellhop/controller/edge/store"
	"bellhop/controller/kit/clock"
)

// Audit checks the audit chain: audit verify [-config FILE] [ROW:HASH].
func Audit(ctx context.Context, in Invocation) (err error) {
	if len(in.Args) == 0 || in.Args[0] != "verify" {
		return errAuditUsage()
	}
	in.Args = in.Args[1:]
	c, log, rest, err := in.settings("audit verify")
	if err != nil {
		return err
	}
	var noted access.Head
	if len(rest) > 0 {
		if noted, err = parseHead(rest[0]); err != nil || len(rest) > 1 {
			return errAuditUsage()
		}
	}
	s, err := store.Open(ctx, store.Settings{
		Driver: store.Driver(c.Database.Driver), Path: c.Database.Path, DSN: string(c.Database.DSN), Log: log, Clock: clock.System,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return verifyAudit(ctx, in, access.NewChain(s, clock.System), noted)
}

func errAuditUsage() error {
	return fmt.Errorf("%w: audit verify [-config FILE] [ROW:HASH as an earlier audit verify said]", ErrUsage)
}

func parseHead(text string) (access.Head, error) {
	seq, hash, _ := strings.Cut(text, ":")
	n, err := strconv.ParseInt(seq, 10, 64)
	if err == nil && (n < 1 || hash == "") {
		err = ErrUsage
	}
	return access.Head{Seq: n, Hash: hash}, err
}

func verifyAudit(ctx context.Context, in Invocation, chain *access.Chain, noted access.Head) error {
	v, err := chain.Verify(ctx)
	if err != nil {
		return err
	}
	if v.Broken != nil {
		return fmt.Errorf("the audit chain is broken at row %d: %s (the %d rows before are sound)", v.Broken.Seq, v.Broken.Why, v.Broken.Seq-1)
	}
	if noted != (access.Head{}) {
		holds, err := chain.Holds(ctx, noted)
		if err != nil {
			return err
		}
		if !holds {
			return fmt.Errorf("the audit chain was rewritten: row %d is not the one that was noted", noted.Seq)
		}
	}
	fmt.Fprintf(in.Out, "the audit chain is unbroken: %d rows\n", v.Rows)
	if v.Rows > 0 {
		fmt.Fprintf(in.Out, "note this outside the database, and give it next time: %d:%s\n", v.Rows, v.Head)
	}
	return nil
}
