package sheet

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

func export(t rapid.TB, d *hotel.Directory) string {
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExportHoldsNoSecret(t *testing.T) {
	s, store := demo(t)
	csv := export(t, s.Directory())
	for _, v := range store.d.Devices() {
		if strings.Contains(csv, v.Endpoint) || strings.Contains(csv, v.HA1) {
			t.Fatal("a user name or hash is in the export")
		}
	}
	if !strings.Contains(csv, "1206,room,,1206,12,king 大床房,,,,no,family 1205-1206,sip:bedside;sip:bathroom\n") {
		t.Error(csv)
	}
}

// What was exported changes nothing when it is imported where it came from, and
// builds the same hotel where there are only settings, classes, floors and the
// bare groups.
func TestExportImportIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := anyHotel(t)
		d, err := hotel.NewDirectory(data)
		if err != nil {
			t.Fatalf("the generator is wrong: %v", err)
		}
		csv := export(t, d)
		changes := planned(t, d, csv)
		if !changes.Empty() {
			t.Fatalf("importing the export changes %+v", changes)
		}
		bare := data
		bare.Rooms, bare.Extensions, bare.Devices, bare.Groups = nil, nil, nil, nil
		for _, g := range data.Groups {
			bare.Groups = append(bare.Groups, hotel.Group{Name: g.Name, Number: g.Number, Pickup: g.Pickup})
		}
		empty, err := hotel.NewDirectory(bare)
		if err != nil {
			t.Fatal(err)
		}
		rebuilt, err := empty.With(planned(t, empty, csv))
		if err != nil {
			t.Fatal(err)
		}
		if again := export(t, rebuilt); again != csv {
			t.Fatalf("rebuilt:\n%s\nfrom:\n%s", again, csv)
		}
		if !reflect.DeepEqual(rebuilt.Data().Extensions, d.Data().Extensions) || !reflect.DeepEqual(rebuilt.Data().Rooms, d.Data().Rooms) {
			t.Fatal("rooms or extensions differ")
		}
	})
}

func planned(t rapid.TB, d *hotel.Directory, csv string) hotel.Changes {
	s, err := Read(strings.NewReader(csv))
	if err != nil {
		t.Fatal(err)
	}
	changes, report, err := plan(d, s, rand.Reader)
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("%v, %v in\n%s", report.Problems, err, csv)
	}
	return changes
}

// anyHotel is the demo hotel's settings with rooms, extensions, groups and
// phones that are named as hostilely as the rules allow.
func anyHotel(t *rapid.T) hotel.Data {
	demo := hotel.Demo(noon())
	data := hotel.Data{Property: demo.Property, Floors: demo.Floors, Classes: demo.Classes}
	data.Property.Operator = phone.Number{}
	text := rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("=+-@'\",;\\|＝ 房aé\u3000")), rapid.Rune())).
		Filter(func(s string) bool { return utf8.RuneCountInString(s) < 30 })
	name := func(l string, semicolon bool) string {
		return printable(text.Draw(t, l), semicolon)
	}
	groups := rapid.IntRange(0, 3).Draw(t, "groups")
	for i := range groups {
		data.Groups = append(data.Groups, hotel.Group{Name: printable(fmt.Sprint(name("group", false), i), false)})
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "extensions") {
		n := phone.MustParse(fmt.Sprint(2000 + i))
		e := hotel.Extension{Number: n, Kind: hotel.KindStaff, Name: name("name", true),
			Department: name("department", true), Monitored: rapid.Bool().Draw(t, "monitored")}
		if rapid.Bool().Draw(t, "room") {
			e.Kind, e.Room = hotel.KindRoom, n.String()
			data.Rooms = append(data.Rooms, hotel.Room{Number: e.Room, Floor: "12", Type: name("type", true)})
		} else {
			e.Class = rapid.SampledFrom([]string{"", "local"}).Draw(t, "class")
		}
		data.Extensions = append(data.Extensions, e)
		for j := range rapid.IntRange(0, 2).Draw(t, "devices") {
			v, _, err := hotel.NewDevice(rand.Reader, n, "x"+name("label", false), hotel.DeviceBrowser)
			if err != nil {
				t.Fatal(err)
			}
			v.ID = fmt.Sprintf("%s-%d", n, j+1)
			data.Devices = append(data.Devices, v)
		}
		for g := range data.Groups {
			if rapid.Bool().Draw(t, "member") {
				data.Groups[g].Members = append(data.Groups[g].Members, n)
			}
		}
	}
	if rapid.Bool().Draw(t, "bare room") {
		data.Rooms = append(data.Rooms, hotel.Room{Number: "2999", Floor: "14", Type: name("type", true)})
	}
	return data
}

// printable makes a text one that the hotel's rules allow.
func printable(s string, semicolon bool) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r == ';' && !semicolon || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
