package rest

import (
	"context"

	"github.com/gin-gonic/gin"

	"bellhop/controller/access"
	"bellhop/controller/hotel"
	"bellhop/controller/kit/fault"
	"bellhop/controller/kit/phone"
)

// within refuses an operation on an object beyond the sender's reach, as if there
// were no such object. What the body names is the handlers' to check.
func (s *server) within(c *gin.Context) {
	o, _ := s.contract.of(c)
	reach := actor(c).Reach
	if !narrowed(reach) {
		return
	}
	if noun := o.noun(); noun == "import" || noun == "export" {
		s.fail(c, fault.New(fault.Forbidden, "this is for those who may see the whole house"))
		return
	}
	noun, key, covered := s.covers(reach, o, c.Param)
	switch {
	case covered:
	case o.puts(): // it can be neither changed nor made
		s.fail(c, errBeyond(noun, key))
	default:
		s.fail(c, missing(noun, key))
	}
}

// errBeyond refuses what lies beyond the sender's reach.
func errBeyond(noun, key string) error {
	return fault.New(fault.Forbidden, "%s %q is beyond what you may see and change", noun, shorten(key))
}

// covers reports whether what the path names is within reach, or is not there, or
// has no place in the house.
func (s *server) covers(reach access.Reach, o operation, param func(string) string) (noun, key string, ok bool) {
	d := s.Hotel.Directory()
	switch o.noun() {
	case "rooms":
		key = param("name")
		_, there := d.Room(key)
		return "room", key, !there || coversRoom(reach, d, key)
	case "extensions":
		key = param("number")
		n, _ := phone.Parse(key) // the contract let it through
		e, there := d.Extension(n)
		return "extension", key, !there || coversExtension(reach, d, e)
	case "devices":
		key = param("id")
		v, there := d.Device(key)
		return "device", key, !there || coversNumber(reach, d, v.Extension)
	case "stays":
		key = param("id")
		stay, err := openStay(d, key)
		return "open stay", key, err != nil || coversRoom(reach, d, stay.Room)
	case "queues":
		key = param("name")
		return "queue", key, key == "" || coversQueue(reach, key)
	}
	return "", "", true
}

// roomWithin refuses a room beyond the sender's reach; one that does not exist is
// the hotel's to refuse.
func (s *server) roomWithin(ctx context.Context, room string) error {
	d := s.Hotel.Directory()
	if _, there := d.Room(room); there && !coversRoom(actor(ctx).Reach, d, room) {
		return errBeyond("room", room)
	}
	return nil
}

// extensionWithin refuses an extension that is, or would be, beyond the sender's
// reach.
func (s *server) extensionWithin(ctx context.Context, e hotel.Extension) error {
	if !coversExtension(actor(ctx).Reach, s.Hotel.Directory(), e) {
		return errBeyond("extension", e.Number.String())
	}
	return nil
}
