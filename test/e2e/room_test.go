package e2e_test

import (
	"context"
	"testing"

	"bellhop/test/house"
)

func TestRoomCallsRoom(t *testing.T) {
	h := house.Open(t, house.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), house.Patience)
	defer cancel()
	a, b := h.Phone(t, "1101"), h.Phone(t, "1102")
	out, err := a.Call(ctx, "1102")
	if err != nil {
		t.Fatal(err)
	}
	in, err := b.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Ring(); err != nil {
		t.Fatal(err)
	}
	if err := out.WaitRinging(ctx); err != nil {
		t.Fatal(err)
	}
	if err := in.Answer(ctx); err != nil {
		t.Fatal(err)
	}
	if err := out.WaitAnswered(ctx); err != nil {
		t.Fatal(err)
	}
	out.SendTone(800)
	in.SendTone(1200)
	if err := out.Hears(ctx, 1200); err != nil {
		t.Error(err)
	}
	if err := in.Hears(ctx, 800); err != nil {
		t.Error(err)
	}
	if err := in.Hangup(ctx); err != nil {
		t.Error(err)
	}
	end, err := out.WaitEnded(ctx)
	if err != nil || end.Cause != 16 {
		t.Errorf("ending %+v, %v", end, err)
	}
}
