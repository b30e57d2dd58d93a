package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"bellhop/controller/kit/fault"
)

// The limits of a CSV file.
const (
	maxSheetBytes = 4 << 20
	maxSheetLines = 10_000
	maxCell       = 1_000 // bytes
	maxProblems   = 1_000 // reported ones
)

// The columns of a CSV file; a line is an extension, with its room if it is one
// of a room. Only number must be there; what has no column is left as it is.
const (
	colNumber     = "number"
	colKind       = "kind"
	colName       = "name"
	colRoom       = "room"
	colFloor      = "floor"
	colType       = "type"
	colDepartment = "department"
	colClass      = "class"
	colLanguage   = "language"
	colMonitored  = "monitored"
	colGroups     = "groups"  // names, separated by semicolons
	colDevices    = "devices" // sip:label or browser:label, separated by semicolons
)

func columns() []string {
	return []string{colNumber, colKind, colName, colRoom, colFloor, colType, colDepartment,
		colClass, colLanguage, colMonitored, colGroups, colDevices}
}

// Problem is one rule that one line of a CSV file breaks. Line 0 is the
// hotel as a whole.
type Problem struct {
	Line   int
	Column string
	Rule   string
}

// Sheet is a CSV file that has been read but not yet compared with the hotel.
type Sheet struct {
	columns  []string
	lines    []line
	problems []Problem
}

type line struct {
	number int
	cells  []string
}

// Read reads CSV in UTF-8, with or without BOM, with a header line. Lines
// that cannot be read are kept as problems for the import's report; the error,
// fault.Invalid, is for files that make no sense as a whole. Other encodings
// are decoded by the caller.
func Read(r io.Reader) (*Sheet, error) {
	c := csv.NewReader(&limited{r: r, left: maxSheetBytes})
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	s := &Sheet{}
	header, err := c.Read()
	if err != nil {
		return nil, unreadable(err)
	}
	if err := s.readHeader(header); err != nil {
		return nil, err
	}
	for {
		record, err := c.Read()
		var broken *csv.ParseError
		switch {
		case err == io.EOF:
			return s, nil
		case errors.As(err, &broken):
			s.problems = append(s.problems, Problem{broken.StartLine, "", broken.Err.Error()})
		case err != nil:
			return nil, unreadable(err)
		default:
			line, _ := c.FieldPos(0)
			if err := s.readLine(line, record); err != nil {
				return nil, err
			}
		}
		if len(s.lines)+len(s.problems) > maxSheetLines {
			return nil, fault.Field("file", "has more than %d lines", maxSheetLines)
		}
	}
}

func (s *Sheet) readHeader(header []string) error {
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	if strings.HasPrefix(header[0], "\xff\xfe") || strings.HasPrefix(header[0], "\xfe\xff") {
		return fault.Field("file", "is UTF-16; save it as CSV UTF-8")
	}
	for _, cell := range header {
		name := strings.ToLower(strings.TrimSpace(cell))
		switch {
		case !slices.Contains(columns(), name):
			return fault.Field("header", "column %.40q is none of %s", cell, strings.Join(columns(), ", "))
		case slices.Contains(s.columns, name):
			return fault.Field("header", "column %s is given twice", name)
		}
		s.columns = append(s.columns, name)
	}
	if !slices.Contains(s.columns, colNumber) {
		return fault.Field("header", "column %s is missing", colNumber)
	}
	return nil
}

func (s *Sheet) readLine(number int, record []string) error {
	line := line{number: number, cells: make([]string, len(record))}
	blank := true
	for i, cell := range record {
		if !utf8.ValidString(cell) {
			return fault.Field("file", "line %d is not UTF-8 (GB18030?); save it as CSV UTF-8", number)
		}
		line.cells[i] = unescape(strings.TrimSpace(cell))
		blank = blank && line.cells[i] == ""
	}
	switch wide := slices.IndexFunc(line.cells, func(c string) bool { return len(c) > maxCell }); {
	case blank:
	case len(record) != len(s.columns):
		s.fail(number, "", "does not have as many columns as the header")
	case wide >= 0:
		s.fail(number, s.columns[wide], "is longer than 1,000 bytes")
	default:
		s.lines = append(s.lines, line)
	}
	return nil
}

func (s *Sheet) fail(line int, column, rule string) {
	s.problems = append(s.problems, Problem{line, column, rule})
}

func unreadable(err error) error {
	if err == io.EOF {
		return fault.Field("file", "is empty")
	}
	if fault.Is(err, fault.Invalid) {
		return err
	}
	return fault.Wrap(err, fault.Invalid, "the file cannot be read")
}

// limited is a reader that refuses to read more than left bytes, instead of
// ending early as io.LimitReader does.
type limited struct {
	r    io.Reader
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, fault.Field("file", "is larger than %d MiB", maxSheetBytes>>20)
	}
	if len(p) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.r.Read(p)
	l.left -= n
	return n, err
}

// A cell that a spreadsheet would run as a formula gets an apostrophe in front,
// which import takes off again; full-width signs count, too.
const formula = "=+-@＝＋－＠"

func escape(cell string) string {
	if startsFormula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

func unescape(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && startsFormula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return cell
}

func startsFormula(s string) bool {
	return s != "" && strings.ContainsRune(formula, firstRune(s))
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
