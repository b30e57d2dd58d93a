package store

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"bellhop/controller/calls"
	"bellhop/controller/kit/fault"
)

// A cursor names the last record of a page by what the list is ordered by. It is
// base64url of "<microseconds since 1970> <call id>", opaque to whoever holds it.

func cursorAfter(r calls.Record) string { return cursorOf(r.Started, string(r.ID)) }

func cursorOf(started time.Time, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(started.UnixMicro(), 10) + " " + id))
}

// parseCursor takes only what cursorOf gives out, to the letter.
func parseCursor(cursor string) (started time.Time, id string, err error) {
	bad := fault.Field("after", "is not a cursor that this list gave out")
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return time.Time{}, "", bad
	}
	micros, id, _ := strings.Cut(string(text), " ")
	at, err := strconv.ParseInt(micros, 10, 64)
	started = time.UnixMicro(at).UTC()
	if err != nil || id == "" || !storable(id) || cursorOf(started, id) != cursor {
		return time.Time{}, "", bad
	}
	return started, id, nil
}
