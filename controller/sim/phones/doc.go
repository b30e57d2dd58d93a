// Package phones simulates the far ends of a telephone system: SIP phones, a
// SIP carrier and a house full of both.
//
// A [Phone] registers, calls, rings, answers, holds, transfers and presses
// keys; a [Carrier] is what hangs on the other end of a trunk; a [House] lets
// many phones live on their own for demonstrations. They speak real SIP
// (RFC 3261) and real G.711 audio over RTP (RFC 3550, 3551), so a test can
// assert not only what was signalled but who hears whom:
//
//	bob, _ := phones.New(ctx, phones.Config{User: "bob", Server: server})
//	call, _ := alice.Call(ctx, "1102")
//	ring, _ := bob.Next(ctx)
//	ring.Answer(ctx)
//	ring.SendTone(1000)
//	err := call.Hears(ctx, 1000)
//
// How the files divide: agent.go owns the socket and routes messages, request.go
// sends them, dialog.go builds those inside a dialog; call.go is the state of
// one call and wait.go how to wait for a change of it, with outgoing.go,
// incoming.go, inside.go, hold.go and transfer.go as what can happen to it;
// media.go, sender.go, receiver.go, sdp.go, ear.go, tone.go, dtmf.go and g711.go
// are its audio; phone.go, register.go, carrier.go, behaviour.go, registrar.go
// and house.go are who uses calls.
package phones
