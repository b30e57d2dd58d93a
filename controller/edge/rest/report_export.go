package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
)

// ExportReport writes a report as a file for spreadsheets.
func (s *server) ExportReport(ctx context.Context, r gen.ExportReportRequestObject) (gen.ExportReportResponseObject, error) {
	q := r.Params
	p, err := s.period(ctx, q.From, q.To, q.Queue)
	if err != nil {
		return nil, err
	}
	report, format, _ := strings.Cut(r.File, ".")
	t := exported{
		format: format, zone: p.zone, words: wordsIn(q.AcceptLanguage),
		name: fmt.Sprintf("%s_%s_%s.%s", report, p.from.Format(time.DateOnly), p.to.Add(-1).Format(time.DateOnly), format),
	}
	switch report {
	case "desk":
		total, intervals, err := s.deskFigures(ctx, p, q.IntervalMinutes)
		t.fill = func(f spreadsheet) error { return fillDesk(f, t.words, p, total, intervals) }
		return t, err
	case "agents":
		agents, err := s.agentFigures(ctx, p)
		t.fill = func(f spreadsheet) error { return fillTable(f, t.words, agentColumns(t.words, p), agents) }
		return t, err
	}
	t.fill = func(f spreadsheet) error {
		columns := visitColumns(t.words, s.agentNames())
		if err := f.row(headings(t.words, columns)); err != nil {
			return err
		}
		return s.eachVisit(ctx, p.filter(), func(v acd.Visit) error { return f.row(cells(columns, v)) })
	}
	return t, nil
}

// spreadsheet is a file that is written row by row. A cell is a string, a number,
// a share (*float64, nil: empty), or a time.
type spreadsheet interface {
	row(cells []any) error
	end() error   // writes what is still kept
	close() error // after the end, or after an error
}

// exported is a report on its way out. Nothing is sent before the first rows are
// there, so that errors until then still are problems.
type exported struct {
	name, format string
	zone         *time.Location
	words        words
	fill         func(spreadsheet) error
}

var _ gen.ExportReportResponseObject = exported{}

// VisitExportReportResponse writes the file.
func (e exported) VisitExportReportResponse(w http.ResponseWriter) error {
	out := &late{w: w, header: func(h http.Header) {
		h.Set("Content-Type", contentType(e.format))
		h.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", e.name))
	}}
	file := newCSV(out, e.zone)
	if e.format == "xlsx" {
		var err error
		if file, err = newXLSX(out, e.zone); err != nil {
			return err
		}
	}
	err := e.fill(file)
	if err == nil {
		err = file.end()
	}
	return errors.Join(err, file.close())
}

func contentType(format string) string {
	if format == "xlsx" {
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "text/csv; charset=utf-8"
}

// late sets the headers of a reply with its first bytes.
type late struct {
	w      http.ResponseWriter
	header func(http.Header)
}

func (l *late) Write(p []byte) (int, error) {
	if l.header != nil {
		l.header(l.w.Header())
		l.header = nil
	}
	return l.w.Write(p)
}

var _ io.Writer = (*late)(nil)

// wordsIn chooses the language of headings: English unless Chinese is preferred.
func wordsIn(accept string) words {
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return words{}
	}
	_, i, _ := language.NewMatcher([]language.Tag{language.English, language.Chinese}).Match(wanted...)
	return words{chinese: i == 1}
}
