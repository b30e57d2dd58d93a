package rest

import (
	"context"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
	"bellhop/controller/kit/fault"
)

// ListProfiles lists what each account within reach can do at the desk.
func (s *server) ListProfiles(ctx context.Context, r gen.ListProfilesRequestObject) (gen.ListProfilesResponseObject, error) {
	reach, queues := actor(ctx).Reach, s.Desk.Queues()
	all := only(s.Desk.Profiles(), func(p acd.Profile) bool { return coversSeat(reach, queues, p.Account) })
	items, next, err := page(all, func(p acd.Profile) string { return p.Account }, r.Params.Limit, r.Params.After)
	if err != nil {
		return nil, err
	}
	return gen.ListProfiles200JSONResponse{Items: each(items, toProfile), Next: next}, nil
}

// PutProfile says what an account can do at the desk.
func (s *server) PutProfile(ctx context.Context, r gen.PutProfileRequestObject) (gen.PutProfileResponseObject, error) {
	in := r.Body
	if in.Account != "" && in.Account != r.Account {
		return nil, fault.Field("account", "is another than in the address")
	}
	person, err := s.Accounts.Get(r.Account)
	if err != nil {
		return nil, err
	}
	if !coversSeat(actor(ctx).Reach, s.Desk.Queues(), r.Account) {
		return nil, errBeyond("account", r.Account)
	}
	p := acd.Profile{Account: r.Account, Name: in.Name, Skills: in.Skills, VIP: in.Vip, Weight: in.Weight}
	if p.Name == "" {
		p.Name = person.Name
	}
	if err := s.Desk.PutProfile(plain(ctx), p, actor(ctx).ID); err != nil {
		return nil, err
	}
	return gen.PutProfile200JSONResponse(toProfile(p)), nil
}

func toProfile(p acd.Profile) gen.Profile {
	return gen.Profile{Account: p.Account, Name: p.Name, Skills: levels(p.Skills), Vip: p.VIP, Weight: p.Weight}
}

// levels makes no skills an empty list of them, which JSON shows as {}.
func levels(skills map[string]int) map[string]int {
	if skills == nil {
		return map[string]int{}
	}
	return skills
}
