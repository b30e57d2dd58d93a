// Package sheet brings rooms and extensions into the hotel, and out of it, as
// CSV that a spreadsheet can edit.
package sheet

import (
	"context"
	"fmt"
	"io"
	"time"

	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
)

// Report says what an import does, or why it does nothing.
type Report struct {
	Lines             int
	RoomsAdded        int
	RoomsChanged      int
	ExtensionsAdded   int
	ExtensionsChanged int
	DevicesAdded      int
	NewFloors         []string // not known before: perhaps misspelt
	NewGroups         []string
	Problems          []Problem          // in order of lines; any of them stops the import
	MoreProblems      int                // not listed
	Credentials       []hotel.Credential // of the devices added; never in a dry run
}

// Import brings the rooms and extensions of a sheet into the hotel, all or
// nothing: new ones are added, known ones changed, and none is ever removed. A
// dry run changes nothing and only reports. Problems in the sheet are in the
// report; without a dry run they are also a fault.Invalid.
func Import(ctx context.Context, to *hotel.Service, s *Sheet, random io.Reader, dryRun bool) (Report, error) {
	if dryRun {
		_, report, err := plan(to.Directory(), s, random)
		report.Credentials = nil
		return report, err
	}
	var report Report
	_, err := to.Do(ctx, func(d *hotel.Directory, _ time.Time) (hotel.Decision, error) {
		var changes hotel.Changes
		var err error
		changes, report, err = plan(d, s, random)
		if err != nil {
			return hotel.Decision{}, err
		}
		if n := len(report.Problems) + report.MoreProblems; n > 0 {
			return hotel.Decision{}, fault.Field("file", "has %d problems; nothing was imported", n)
		}
		return hotel.Decision{Changes: changes, Reason: fmt.Sprintf("%d lines imported", report.Lines)}, nil
	})
	if err != nil {
		report.Credentials = nil
	}
	return report, err
}
