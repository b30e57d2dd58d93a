package store

import (
	"fmt"
	"testing"
	"time"

	"bellhop/controller/calls"
)

// BenchmarkSaveRecords stores new calls with two legs each; the figure to look at
// is µs/record. "sqlite-normal" shows what the safe setting (FULL) costs.
func BenchmarkSaveRecords(b *testing.B) {
	for _, database := range []string{"sqlite", "sqlite-normal", "postgres"} {
		for _, size := range []int{1, 50, 500} {
			b.Run(fmt.Sprintf("%s/%d", database, size), func(b *testing.B) {
				s := openBench(b, database)
				for n := 0; b.Loop(); n++ {
					ok(b, s.SaveRecords(b.Context(), someRecords(size, n*size)))
				}
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*size), "µs/record")
			})
		}
	}
}

// BenchmarkRecords lists one page of 100 from 20,000 calls.
func BenchmarkRecords(b *testing.B) {
	for _, database := range []string{"sqlite", "postgres"} {
		s := openBench(b, database)
		for n := range 40 {
			ok(b, s.SaveRecords(b.Context(), someRecords(500, n*500)))
		}
		for name, f := range map[string]calls.Filter{
			"newest": {}, "extension": {Extension: "1142"}, "number": {Number: "0138"}, "open": {Open: true},
			"hour": {From: day.Add(time.Hour), To: day.Add(2 * time.Hour)}, "talk": {MinTalk: time.Hour},
		} {
			b.Run(database+"/"+name, func(b *testing.B) {
				f.Limit = 100
				for b.Loop() {
					_, _, err := s.Records(b.Context(), f)
					ok(b, err)
				}
			})
		}
	}
}

func openBench(b *testing.B, database string) *Store {
	set := sqliteSettings(b)
	if database == "postgres" {
		set = postgresSettings(b)
	}
	s := open(b, set)
	if database == "sqlite-normal" {
		_, err := s.write.conns.ExecContext(b.Context(), "PRAGMA synchronous = NORMAL")
		ok(b, err)
	}
	return s
}
