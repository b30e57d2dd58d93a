package routing

import (
	"fmt"
	"testing"

	"bellhop/controller/hotel"
)

// bigTable has 500 routes and 1,000 screening entries, a fifth with ? inside.
func bigTable(b *testing.B) *Table {
	data := DemoData("a", "b", noon)
	for i := range 500 {
		data.Routes = append(data.Routes, Route{
			ID: fmt.Sprint("b", i), Prefix: fmt.Sprintf("00%d", 100+i), Trunks: []string{"unicom", "telecom"}, Cost: int64(i),
		})
	}
	for i := range 1000 {
		p := fmt.Sprintf("1380013%04d", 8100+i)
		if i%5 == 0 {
			p = fmt.Sprintf("13?00%d???", 100+i)
		}
		data.Screening = append(data.Screening, Screening{
			ID: fmt.Sprint("b", i), Direction: Outbound, Pattern: p, Verdict: Refuse, Reason: "bench", By: "bench", Created: noon,
		})
	}
	t, err := NewTable(data)
	if err != nil {
		b.Fatal(err)
	}
	return t
}

func bigHouse(b *testing.B) *hotel.Directory {
	return house(b, func(d *hotel.Data) {
		for i := range 1000 {
			d.Extensions = append(d.Extensions, hotel.Extension{Number: num(fmt.Sprint(20000 + i)), Kind: hotel.KindStaff, Class: "national"})
		}
	})
}

func BenchmarkDecide(b *testing.B) {
	h, t := bigHouse(b), bigTable(b)
	for name, c := range map[string]Call{
		"room":      {From: num("1206"), Dialled: "1101"},
		"mobile":    {From: num("1206"), Dialled: "13800138000"},
		"abroad":    {From: num("1206"), Dialled: "0044207946000"},
		"emergency": {From: num("1206"), Dialled: "110"},
		"inbound":   {Trunk: "unicom", Dialled: "88881206", Shown: "13800138000"},
		"overlap":   {From: num("1206"), Dialled: "110", More: true},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Decide(c, h, t, noon)
			}
		})
	}
}

func BenchmarkNewTable(b *testing.B) {
	data := bigTable(b).Data()
	for b.Loop() {
		if _, err := NewTable(data); err != nil {
			b.Fatal(err)
		}
	}
}
