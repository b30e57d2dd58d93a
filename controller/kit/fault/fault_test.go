package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"bellhop/controller/kit/fault"
)

func TestCodeOf(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want fault.Code
	}{
		{"no error", nil, ""},
		{"a stranger's error", io.EOF, fault.Internal},
		{"ours", fault.New(fault.NotFound, "no room %s", "1206"), fault.NotFound},
		{"a field", fault.Field("number", "is empty"), fault.Invalid},
		{"wrapped by a sentence", fmt.Errorf("check-in: %w", fault.New(fault.Conflict, "taken")), fault.Conflict},
		{"the outermost counts", fault.Wrap(fault.New(fault.Invalid, "x"), fault.Unavailable, "y"), fault.Unavailable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fault.CodeOf(tt.err); got != tt.want {
				t.Errorf("code %q, want %q", got, tt.want)
			}
			if tt.err != nil && !fault.Is(tt.err, tt.want) {
				t.Error("Is does not agree with CodeOf")
			}
		})
	}
}

func TestErrorNamesFieldRuleAndCause(t *testing.T) {
	err := fault.Wrap(io.EOF, fault.Unavailable, "the switch does not answer")
	if got := err.Error(); got != "the switch does not answer: EOF" {
		t.Error(got)
	}
	if !errors.Is(err, io.EOF) {
		t.Error("the cause is lost")
	}
	if got := fault.Field("number", "is longer than %d digits", 20).Error(); got != "number: is longer than 20 digits" {
		t.Error(got)
	}
	if fault.Wrap(nil, fault.Internal, "nothing") != nil {
		t.Error("nil became an error")
	}
}
