package sheet

import (
	"fmt"
	"slices"
	"strings"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/phone"
)

// row is one line of a sheet while it is planned.
type row struct {
	planner *planner
	line
}

// has reports whether the sheet has a column.
func (r row) has(column string) bool { return slices.Contains(r.planner.sheet.columns, column) }

// get returns a cell, "" when there is no such column.
func (r row) get(column string) string {
	i := slices.Index(r.planner.sheet.columns, column)
	if i < 0 {
		return ""
	}
	return r.cells[i]
}

// list returns the parts of a cell that holds a list.
func (r row) list(column string) []string {
	if r.get(column) == "" {
		return nil
	}
	parts := strings.Split(r.get(column), ";")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

func (r row) fail(column, format string, args ...any) {
	r.planner.report.Problems = append(r.planner.report.Problems,
		Problem{r.number, column, fmt.Sprintf(format, args...)})
}

// extension returns old as the line wants it.
func (r row) extension(old hotel.Extension, n phone.Number, exists bool) (hotel.Extension, bool) {
	e := old
	e.Number = n
	if kind := r.get(colKind); kind != "" {
		e.Kind = hotel.ExtensionKind(strings.ToLower(kind))
	}
	if e.Kind == "" {
		r.fail(colKind, "is missing")
		return e, false
	}
	set := func(column string, field *string) {
		if r.has(column) {
			*field = r.get(column)
		}
	}
	set(colName, &e.Name)
	set(colDepartment, &e.Department)
	set(colClass, &e.Class)
	set(colLanguage, &e.Language)
	if room := r.get(colRoom); room != "" {
		e.Room = room
	} else if e.Kind != hotel.KindRoom {
		e.Room = ""
	} else if !exists || e.Room == "" {
		e.Room = n.String()
	}
	if r.has(colMonitored) {
		on, ok := parseYes(r.get(colMonitored))
		if !ok {
			r.fail(colMonitored, "%q is neither yes nor no", r.get(colMonitored))
		}
		e.Monitored = on
	}
	return e, true
}

func parseYes(s string) (yes, ok bool) {
	switch strings.ToLower(s) {
	case "yes", "true", "1", "是":
		return true, true
	case "no", "false", "0", "否", "":
		return false, true
	}
	return false, false
}
