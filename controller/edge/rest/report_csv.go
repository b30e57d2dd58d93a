package rest

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"time"
)

// csvFile is a spreadsheet as CSV in UTF-8. Times are in the hotel's zone.
type csvFile struct {
	text *bufio.Writer
	rows *csv.Writer
	zone *time.Location
}

// fileBuffer is how much of a file is kept before it is sent.
const fileBuffer = 64 << 10

func newCSV(w io.Writer, zone *time.Location) spreadsheet {
	text := bufio.NewWriterSize(w, fileBuffer)
	_, _ = text.WriteString("\ufeff") // spreadsheets take it for the sign of UTF-8; an error shows at the end
	return &csvFile{text, csv.NewWriter(text), zone}
}

func (f *csvFile) row(cells []any) error {
	return f.rows.Write(each(cells, func(cell any) string { return csvCell(cell, f.zone) }))
}

func (f *csvFile) end() error {
	f.rows.Flush()
	if err := f.rows.Error(); err != nil {
		return err
	}
	return f.text.Flush()
}

func (f *csvFile) close() error { return nil }

func csvCell(cell any, zone *time.Location) string {
	switch v := cell.(type) {
	case string:
		return harmless(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.In(zone).Format(time.DateTime)
	case *float64:
		if v == nil {
			return ""
		}
		return strconv.FormatFloat(*v, 'f', 4, 64)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(cell)
}
