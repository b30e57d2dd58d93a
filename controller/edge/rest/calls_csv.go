package rest

import (
	"bytes"
	"context"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/edge/rest/gen"
)

// exportPage is how many records are in memory at a time.
const exportPage = 500

// ExportCalls writes all records that match as CSV. The first page is read before
// anything is answered, so that errors there still are problems.
func (s *server) ExportCalls(ctx context.Context, r gen.ExportCallsRequestObject) (gen.ExportCallsResponseObject, error) {
	f, err := callFilter(r.Params)
	if err != nil {
		return nil, err
	}
	f.Limit = exportPage
	sheet := &callSheet{ctx: plain(ctx), page: s.recordsWithin, filter: f, zone: s.Hotel.Directory().Location()}
	sheet.text.WriteString("\ufeff") // spreadsheets take it for the sign of UTF-8
	sheet.write(callColumns())
	if err := sheet.load(); err != nil {
		return nil, err
	}
	return gen.ExportCalls200TextcsvResponse{Body: sheet}, nil
}

func callColumns() []string {
	return []string{"id", "started", "answered", "ended", "talk_seconds", "direction", "from", "from_name", "from_room",
		"dialled", "to", "to_name", "to_room", "trunk", "outcome", "cause", "hung_up_by", "path", "emergency", "monitored", "reasons"}
}

// callSheet reads as CSV, one page of records after the other. Times are in the
// hotel's zone.
type callSheet struct {
	ctx    context.Context // of the request that the reader answers
	page   func(context.Context, calls.Filter) ([]calls.Record, string, error)
	filter calls.Filter
	zone   *time.Location
	text   bytes.Buffer
	done   bool
}

// Read returns the next bytes; a failing store ends the text with its error.
func (s *callSheet) Read(p []byte) (int, error) {
	for s.text.Len() == 0 {
		if s.done {
			return 0, io.EOF
		}
		if err := s.load(); err != nil {
			return 0, err
		}
	}
	return s.text.Read(p)
}

func (s *callSheet) load() error {
	records, next, err := s.page(s.ctx, s.filter)
	if err != nil {
		return err
	}
	for _, r := range records {
		s.write(s.row(r))
	}
	s.filter.After, s.done = next, next == ""
	return nil
}

func (s *callSheet) write(row []string) {
	w := csv.NewWriter(&s.text)
	for i := range row {
		row[i] = harmless(row[i])
	}
	_ = w.Write(row) // into memory: cannot fail
	w.Flush()
}

func (s *callSheet) row(r calls.Record) []string {
	return []string{
		string(r.ID), s.time(r.Started), s.time(r.Answered), s.time(r.Ended), strconv.Itoa(int(r.Talk() / time.Second)),
		string(r.Direction), r.From.Number, r.From.Name, r.From.Room, r.Dialled, r.To.Number, r.To.Name, r.To.Room,
		r.Trunk, string(r.Outcome), strconv.Itoa(int(r.Cause)), r.HungUpBy, string(r.Path),
		strconv.FormatBool(r.Emergency), strconv.FormatBool(r.Monitored), strings.Join(r.Reasons, "; "),
	}
}

func (s *callSheet) time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(s.zone).Format("2006-01-02 15:04:05")
}

// harmless keeps a spreadsheet from running a caller's name as a formula. A plus
// before digits is a telephone number and stays.
func harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return cell
	}
	if cell[0] == '+' && strings.Trim(cell[1:], "0123456789") == "" {
		return cell
	}
	return "'" + cell
}
