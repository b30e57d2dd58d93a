package rest

import (
	"context"

	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
	"bellhop/controller/routing"
)

// ExplainRouting says what would happen to a call, by the decision that calls
// themselves ask. Lines count as free.
func (s *server) ExplainRouting(ctx context.Context, r gen.ExplainRoutingRequestObject) (gen.ExplainRoutingResponseObject, error) {
	from, err := number("from", r.Params.From)
	if err != nil {
		return nil, err
	}
	house := s.Hotel.Directory()
	if e, ok := house.Extension(from); !ok || !coversExtension(actor(ctx).Reach, house, e) {
		return nil, fault.Field("from", "%s is not an extension of the hotel", from)
	}
	at := r.Params.At
	if at.IsZero() {
		at = s.Now()
	}
	d := routing.Decide(routing.Call{From: from, Dialled: r.Params.Dialled}, house, s.Routing.Table(), at)
	return gen.ExplainRouting200JSONResponse(toExplanation(d)), nil
}

func toExplanation(d routing.Decision) gen.Explanation {
	e := gen.Explanation{
		Allowed: d.Kind != routing.KindReject, Action: string(d.Kind), Number: d.Number.String(), Class: string(d.Class),
		Targets: each(d.Targets, phone.Number.String), Prompt: d.Prompt, Reasons: d.Texts(),
		Trunks: each(d.Attempts, func(a routing.Attempt) gen.Attempt {
			return gen.Attempt{Trunk: a.Trunk, Digits: a.Digits.String(), CallerId: a.CallerID.Number}
		}),
	}
	if d.Cause != 0 {
		e.Cause, e.CauseText = int(d.Cause), d.Cause.String()
	}
	return e
}
