package rest

import (
	"context"
	"fmt"

	"bellhop/controller/access"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// ListAudit lists rows of the audit chain, newest first.
func (s *server) ListAudit(ctx context.Context, r gen.ListAuditRequestObject) (gen.ListAuditResponseObject, error) {
	p := r.Params
	if !p.From.IsZero() && !p.To.IsZero() && !p.From.Before(p.To) {
		return nil, fault.Field("to", "must be after from")
	}
	rows, next, err := s.Audit.Find(plain(ctx), access.AuditFilter{
		From: p.From, To: p.To, Who: p.Who, What: p.What, Object: p.Object, Limit: p.Limit, After: p.After,
	})
	if err != nil {
		return nil, err
	}
	return gen.ListAudit200JSONResponse{Items: each(rows, toAuditRow), Next: next}, nil
}

// VerifyAudit reads the whole chain and says whether a row was changed or is missing.
func (s *server) VerifyAudit(ctx context.Context, _ gen.VerifyAuditRequestObject) (gen.VerifyAuditResponseObject, error) {
	v, err := s.Audit.Verify(plain(ctx))
	if err != nil {
		return nil, err
	}
	shown := gen.AuditVerdict{Ok: v.Broken == nil, Rows: v.Rows, Message: fmt.Sprintf("all %d rows are as they were written", v.Rows)}
	if v.Broken != nil {
		shown.FirstBad, shown.Message = v.Broken.Seq, v.Broken.Why
	}
	return gen.VerifyAudit200JSONResponse(shown), nil
}

func toAuditRow(a access.Audit) gen.AuditRow {
	return gen.AuditRow{
		Seq: a.Seq, At: a.At, Who: a.Who, Where: a.Where, What: a.What, Object: a.Object,
		Before: a.Before, After: a.After, Reason: a.Reason, Hash: a.Hash,
	}
}
