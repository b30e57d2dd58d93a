package rest

import (
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// xlsxFile is a spreadsheet of one sheet. Its rows go to a temporary file when they
// become many, and out when all are there. Text is never taken for a formula.
type xlsxFile struct {
	to          io.Writer
	book        *excelize.File
	sheet       *excelize.StreamWriter
	zone        *time.Location
	time, share int // styles
	head        int
	rows        int
}

func newXLSX(w io.Writer, zone *time.Location) (spreadsheet, error) {
	f := &xlsxFile{to: w, book: excelize.NewFile(), zone: zone}
	var err error
	if f.sheet, err = f.book.NewStreamWriter(f.book.GetSheetName(0)); err != nil {
		return nil, err
	}
	format := func(s string) (int, error) { return f.book.NewStyle(&excelize.Style{CustomNumFmt: &s}) }
	if f.time, err = format("yyyy-mm-dd hh:mm:ss"); err != nil {
		return nil, err
	}
	if f.share, err = format("0.0%"); err != nil {
		return nil, err
	}
	if f.head, err = f.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return nil, err
	}
	return f, f.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (f *xlsxFile) row(cells []any) error {
	f.rows++
	at, err := excelize.CoordinatesToCellName(1, f.rows)
	if err != nil {
		return err
	}
	return f.sheet.SetRow(at, each(cells, f.cell))
}

func (f *xlsxFile) cell(cell any) any {
	switch v := cell.(type) {
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return excelize.Cell{StyleID: f.time, Value: v.In(f.zone)}
	case *float64:
		if v == nil {
			return nil
		}
		return excelize.Cell{StyleID: f.share, Value: *v}
	case string:
		if f.rows == 1 {
			return excelize.Cell{StyleID: f.head, Value: v}
		}
	}
	return cell
}

func (f *xlsxFile) end() error {
	if err := f.sheet.Flush(); err != nil {
		return err
	}
	return f.book.Write(f.to)
}

// close removes the temporary file.
func (f *xlsxFile) close() error { return f.book.Close() }
