package rest

import (
	"bytes"
	"context"
	"io"
	"mime"
	"strings"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/encoding/simplifiedchinese"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/hotel"
	"bellhop/controller/hotel/sheet"
	"bellhop/controller/kit/fault"
)

// ExportHouse writes rooms and extensions as CSV.
func (s *server) ExportHouse(_ context.Context, _ gen.ExportHouseRequestObject) (gen.ExportHouseResponseObject, error) {
	var text bytes.Buffer
	if err := sheet.Write(&text, s.Hotel.Directory()); err != nil {
		return nil, err
	}
	return gen.ExportHouse200TextcsvResponse{Body: &text, ContentLength: int64(text.Len())}, nil
}

// ImportHouse brings a sheet in, all lines or none.
func (s *server) ImportHouse(ctx context.Context, r gen.ImportHouseRequestObject) (gen.ImportHouseResponseObject, error) {
	body, err := decoded(ctx, r.Body)
	if err != nil {
		return nil, err
	}
	read, err := sheet.Read(body)
	if err != nil {
		return nil, err
	}
	report, err := s.Import(plain(ctx), read, r.Params.DryRun)
	if err != nil {
		return nil, sheetFault{err, report.Problems}
	}
	return gen.ImportHouse200JSONResponse(toReport(report, r.Params.DryRun)), nil
}

// decoded returns the sheet in UTF-8. Chinese spreadsheets save CSV in GB18030.
func decoded(ctx context.Context, body io.Reader) (io.Reader, error) {
	c, ok := ctx.(*gin.Context)
	if !ok {
		return body, nil
	}
	_, params, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil {
		return nil, fault.Field("Content-Type", "cannot be read")
	}
	switch strings.ToLower(params["charset"]) {
	case "", "utf-8", "utf8":
		return body, nil
	case "gb18030", "gbk", "gb2312":
		return simplifiedchinese.GB18030.NewDecoder().Reader(body), nil
	}
	return nil, fault.Field("Content-Type", "charset must be utf-8 or gb18030")
}

func toReport(r sheet.Report, dryRun bool) gen.ImportReport {
	return gen.ImportReport{
		DryRun: dryRun, Lines: r.Lines, RoomsAdded: r.RoomsAdded, RoomsChanged: r.RoomsChanged,
		ExtensionsAdded: r.ExtensionsAdded, ExtensionsChanged: r.ExtensionsChanged, DevicesAdded: r.DevicesAdded,
		NewFloors: list(r.NewFloors), NewGroups: list(r.NewGroups),
		Problems: lineErrors(r.Problems), MoreProblems: r.MoreProblems, Credentials: each(r.Credentials, toCredential),
	}
}

func lineErrors(ps []sheet.Problem) []gen.LineError {
	return each(ps, func(p sheet.Problem) gen.LineError {
		return gen.LineError{Line: p.Line, Field: p.Column, Message: p.Rule}
	})
}

func toCredential(c hotel.Credential) gen.Credential {
	return gen.Credential{
		Extension: c.Extension.String(), Label: c.Label, Kind: gen.DeviceKind(c.Kind),
		Endpoint: c.Endpoint, Secret: c.Secret, Realm: hotel.Realm,
	}
}
