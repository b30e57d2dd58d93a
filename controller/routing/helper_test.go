package routing

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// noon is a Saturday, 12:00 in Shenzhen.
var noon = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)

func num(s string) phone.Number {
	if s == "" {
		return phone.Number{}
	}
	return phone.MustParse(s)
}

func nums(s string) []phone.Number {
	var all []phone.Number
	for _, f := range strings.Fields(s) {
		all = append(all, num(f))
	}
	return all
}

// house returns the demo hotel after edits of its data.
func house(t testing.TB, edits ...func(*hotel.Data)) *hotel.Directory {
	t.Helper()
	data := hotel.Demo(noon)
	for _, edit := range edits {
		edit(&data)
	}
	d, err := hotel.NewDirectory(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// ext edits one extension of a hotel.
func ext(number string, edit func(*hotel.Extension)) func(*hotel.Data) {
	return func(d *hotel.Data) {
		i := slices.IndexFunc(d.Extensions, func(e hotel.Extension) bool { return e.Number.String() == number })
		edit(&d.Extensions[i])
	}
}

// table returns the demo routes after edits.
func table(t testing.TB, edits ...func(*Data)) *Table {
	t.Helper()
	data := DemoData("127.0.0.1:5070", "127.0.0.1:5071", noon)
	for _, edit := range edits {
		edit(&data)
	}
	tab, err := NewTable(data, num("*55"), num("*8"), num("7009"))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// listed adds a screening entry.
func listed(d Direction, pattern string, v Verdict, scope string) func(*Data) {
	return func(data *Data) {
		data.Screening = append(data.Screening, Screening{
			ID: "t" + string('a'+rune(len(data.Screening))), Direction: d, Pattern: pattern, Verdict: v, Scope: scope,
			Reason: "test", By: "test", Created: noon,
		})
	}
}

func trunk(name string, edit func(*Trunk)) func(*Data) {
	return func(d *Data) {
		i := slices.IndexFunc(d.Trunks, func(k Trunk) bool { return k.Name == name })
		edit(&d.Trunks[i])
	}
}

// says wants a reason that contains text.
func says(t *testing.T, d Decision, text string) {
	t.Helper()
	if !strings.Contains(strings.Join(d.Texts(), "\n"), text) {
		t.Errorf("reasons %q do not say %q", d.Texts(), text)
	}
}

// memory is a Store that can be made to fail, before or after it has stored.
type memory struct {
	mu             sync.Mutex
	data           Data
	fail, failLate error
}

func (m *memory) LoadRouting(context.Context) (Data, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.data.clone(), m.fail
}

func (m *memory) ApplyRouting(_ context.Context, c Changes) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	m.data = Data{
		Trunks: c.Trunks.apply(m.data.Trunks, trunkKey), Routes: c.Routes.apply(m.data.Routes, routeKey),
		DIDs: c.DIDs.apply(m.data.DIDs, didKey), Screening: c.Screening.apply(m.data.Screening, screeningKey),
	}
	return m.failLate
}
