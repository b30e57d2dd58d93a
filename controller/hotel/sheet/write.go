package sheet

import (
	"encoding/csv"
	"io"
	"strings"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

// Write writes every room and extension as CSV in UTF-8 with BOM, which
// spreadsheets want. What people set on their phones (do-not-disturb, forwards),
// stays and secrets are not part of it. Importing the result changes nothing.
func Write(w io.Writer, d *hotel.Directory) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fault.Wrap(err, fault.Unavailable, "the export cannot be written")
	}
	c := csv.NewWriter(w)
	if err := c.Write(columns()); err != nil {
		return fault.Wrap(err, fault.Unavailable, "the export cannot be written")
	}
	for _, row := range exportRows(d) {
		for i := range row {
			row[i] = escape(row[i])
		}
		if err := c.Write(row); err != nil {
			return fault.Wrap(err, fault.Unavailable, "the export cannot be written")
		}
	}
	c.Flush()
	return fault.Wrap(c.Error(), fault.Unavailable, "the export cannot be written")
}

func exportRows(d *hotel.Directory) [][]string {
	rows := make([][]string, 0, len(d.Extensions()))
	for _, r := range d.Rooms() {
		if len(d.ExtensionsIn(r.Number)) == 0 {
			rows = append(rows, []string{"", string(hotel.KindRoom), "", r.Number, r.Floor, r.Type, "", "", "", "", "", ""})
		}
	}
	for _, e := range d.Extensions() {
		r, _ := d.Room(e.Room)
		rows = append(rows, []string{e.Number.String(), string(e.Kind), e.Name, r.Number, r.Floor, r.Type,
			e.Department, e.Class, e.Language, yesNo(e.Monitored), groupNames(d, e), deviceLabels(d, e)})
	}
	return rows
}

func groupNames(d *hotel.Directory, e hotel.Extension) string {
	var names []string
	for _, g := range d.GroupsOf(e.Number) {
		names = append(names, g.Name)
	}
	return strings.Join(names, ";")
}

func deviceLabels(d *hotel.Directory, e hotel.Extension) string {
	var labels []string
	for _, v := range d.DevicesOf(e.Number) {
		labels = append(labels, deviceLabel(v))
	}
	return strings.Join(labels, ";")
}

func deviceLabel(v hotel.Device) string { return string(v.Kind) + ":" + v.Label }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
