package e2e_test

import (
	"net/http"
	"testing"

	"bellhop/controller/sim/phones"
)

func TestTrunkThatRegisters(t *testing.T) {
	h := openHotel(t)
	carrier, err := phones.NewCarrier(t.Context(), phones.CarrierConfig{
		Name: "mobile", Listen: "127.0.0.4:0", User: "hotel4711", Secret: "not-on-the-wire",
		Answer: phones.AnswerWith(0, 900), Peer: h.PBX.SIPAddress,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(carrier.Close)
	h.scene("it registers, and calls go out and come in over it", func(s *scene) { registeredTrunk(s, carrier) })
	h.scene("a wrong secret gets no calls through, and says so", func(s *scene) { wrongTrunkSecret(s, carrier) })
}

// newTrunk adds the registering trunk and sends its subscribers' prefix there.
func (s *scene) newTrunk(k *phones.Carrier, secret string) {
	s.t.Helper()
	s.api(http.StatusOK, http.MethodPut, "/trunks/mobile", object{
		"address": k.Addr().String(), "register": true, "username": "hotel4711", "secret": secret,
		"caller_id": object{"mode": "main"}, "enabled": true, "order": 3, "limit": 5,
	}, nil)
}

func registeredTrunk(s *scene, k *phones.Carrier) {
	s.newTrunk(k, "not-on-the-wire")
	s.must(k.WaitRegistered(s.ctx))
	s.api(http.StatusOK, http.MethodPut, "/routes/mobile-line", object{"prefix": "8399", "trunks": []string{"mobile"}}, nil)
	out := s.dial("8000", "83991234")
	in := s.outsideCall(k, "83991234", "075588886666")
	s.must(out.WaitAnswered(s.ctx))
	s.hears(out, 900)
	s.hangUp(out)
	s.ends(in, 200, 16)
	s.record(expected{
		direction: "outbound", from: "8000", dialled: "83991234", to: "83991234", trunk: "mobile",
		outcome: "answered", cause: 16, by: "caller", reason: "route: ", legs: 2,
	})
	desk := s.phone("8500")
	call, err := k.CallIn(s.ctx, "075588888500", "13912340000")
	s.must(err)
	rings, err := desk.Next(s.ctx)
	s.must(err)
	s.answer(rings, call)
	s.talk(call, rings)
	s.hangUp(call)
	s.ends(rings, 200, 16)
}

func wrongTrunkSecret(s *scene, k *phones.Carrier) {
	s.newTrunk(k, "wrong")
	out := s.dial("8000", "83991234")
	end, err := out.WaitEnded(s.ctx)
	s.must(err)
	if end.Status < 400 {
		s.t.Errorf("the call ended with %d", end.Status)
	}
	var page struct {
		Items []struct {
			Name, Secret string
			HasSecret    bool `json:"has_secret"`
		}
	}
	s.api(http.StatusOK, http.MethodGet, "/trunks", nil, &page)
	for _, trunk := range page.Items {
		if trunk.Name == "mobile" && (trunk.Secret != "" || !trunk.HasSecret) {
			s.t.Errorf("the API shows of the secret: %+v", trunk)
		}
	}
}
