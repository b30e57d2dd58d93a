package sheet

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"bellhop/controller/hotel"
)

// shelf is a hotel.Store in memory.
type shelf struct {
	d    *hotel.Directory
	fail error
}

func (s *shelf) LoadHotel(context.Context) (hotel.Data, error) { return s.d.Data(), nil }

func (s *shelf) ApplyHotel(_ context.Context, c hotel.Changes) (err error) {
	if s.fail != nil {
		return s.fail
	}
	s.d, err = s.d.With(c)
	return err
}

func noon() time.Time { return time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC) }

func serve(t testing.TB, data hotel.Data) (*hotel.Service, *shelf) {
	t.Helper()
	d, err := hotel.NewDirectory(data)
	if err != nil {
		t.Fatal(err)
	}
	store := &shelf{d: d}
	s, err := hotel.Open(t.Context(), store, noon)
	if err != nil {
		t.Fatal(err)
	}
	return s, store
}

func demo(t testing.TB) (*hotel.Service, *shelf) {
	t.Helper()
	s, store := serve(t, hotel.Data{})
	c, _, err := hotel.DemoHotel(rand.Reader, noon())
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Do(t.Context(), func(*hotel.Directory, time.Time) (hotel.Decision, error) {
		return hotel.Decision{Changes: c}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s, store
}

func read(t testing.TB, csv string) *Sheet {
	t.Helper()
	s, err := Read(strings.NewReader(csv))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var errDisk = errors.New("disk full")
