package hotel

import (
	"context"
	"math/rand"
	"strings"
	"sync"
	"testing"
	"time"

	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

var noon = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)

func num(s string) phone.Number { return phone.MustParse(s) }

// demo returns the demo hotel, with phones that are the same in every run.
func demo(t testing.TB) *Directory {
	t.Helper()
	c, _, err := DemoHotel(rand.New(rand.NewSource(1)), noon)
	if err != nil {
		t.Fatal(err)
	}
	return after(t, empty(t), c)
}

func empty(t testing.TB) *Directory {
	t.Helper()
	d, err := NewDirectory(Data{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func after(t testing.TB, d *Directory, c Changes) *Directory {
	t.Helper()
	next, err := d.With(c)
	if err != nil {
		t.Fatal(err)
	}
	return next
}

// do carries operations out, one after the other.
func do(t testing.TB, d *Directory, ops ...Op) *Directory {
	t.Helper()
	for i, op := range ops {
		dec, err := op(d, noon)
		if err != nil {
			t.Fatalf("operation %d: %v", i, err)
		}
		if dec.Reason == "" {
			t.Fatalf("operation %d gives no reason", i)
		}
		d = after(t, d, dec.Changes)
	}
	return d
}

// refused wants an operation to fail with a code and a text in the message.
func refused(t *testing.T, d *Directory, op Op, code fault.Code, text string) {
	t.Helper()
	dec, err := op(d, noon)
	if err == nil {
		_, err = d.With(dec.Changes)
	}
	if !fault.Is(err, code) || !strings.Contains(err.Error(), text) {
		t.Errorf("got %v (%s), want %s with %q", err, fault.CodeOf(err), code, text)
	}
}

func extension(t testing.TB, d *Directory, n string) Extension {
	t.Helper()
	e, ok := d.Extension(num(n))
	if !ok {
		t.Fatalf("no extension %s", n)
	}
	return e
}

// memory is a Store that can be made to fail, before or after it has stored.
type memory struct {
	mu       sync.Mutex
	d        *Directory
	fail     error
	failLate error
	applied  int
}

func (m *memory) LoadHotel(context.Context) (Data, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.d.Data(), m.fail
}

func (m *memory) ApplyHotel(_ context.Context, c Changes) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	next, err := m.d.With(c)
	if err != nil {
		return err
	}
	m.d = next
	m.applied++
	return m.failLate
}
