package acd

import (
	"strings"
	"time"
)

// Told is what a caller has heard so far. The zero value is a caller who has just
// entered.
type Told struct {
	Informed time.Time // position and wait were last due
	Spoken   time.Time // anything was last said
	Position int       // last said; 0: never
	Wait     Wait
}

// Waiting is the caller's situation at the moment of an announcement.
type Waiting struct {
	Entered  time.Time
	Position int // 1: next
	Expected time.Duration
	Known    bool   // Expected is known: see Expect
	Language string // of the caller, as in Caller.Language
}

// Announcement is what to say now, as values; the prompts are chosen elsewhere.
// Its parts are said in the order of the fields.
type Announcement struct {
	Language string // zh-CN or en
	Reminder bool   // "please hold the line"
	Position int    // 0: not said
	Wait     Band   // 0: not said
}

// Silent reports whether there is nothing to say.
func (a Announcement) Silent() bool { return !a.Reminder && a.Position == 0 && a.Wait == 0 }

// Decide says what a waiting caller is told now, what is then remembered, and
// when to ask again (zero: never). Pure.
//
// Position and wait come on entry and then every Every. Neither ever gets worse
// from one announcement to the next: then it is left out. The reminder comes when
// nothing was said for Reminder, and first of all that long after the entry.
func (a Announce) Decide(told Told, w Waiting, now time.Time) (say Announcement, then Told, next time.Time) {
	say.Language = announceLanguage(w.Language)
	if a.informs() && !now.Before(a.informAt(told, w)) {
		told.Informed = now
		if a.Position && w.Position > 0 && (told.Position == 0 || w.Position <= told.Position) {
			say.Position, told.Position = w.Position, w.Position
		}
		if a.Wait {
			say.Wait, told.Wait = told.Wait.Tell(w.Expected, w.Known)
		}
	}
	if a.Reminder > 0 && !now.Before(a.remindAt(told, w)) {
		say.Reminder = true
	}
	if !say.Silent() {
		told.Spoken = now
	}
	return say, told, a.nextAt(told, w)
}

func (a Announce) informs() bool { return a.Every > 0 && (a.Position || a.Wait) }

func (a Announce) informAt(told Told, w Waiting) time.Time {
	if told.Informed.IsZero() {
		return w.Entered
	}
	return told.Informed.Add(a.Every)
}

func (a Announce) remindAt(told Told, w Waiting) time.Time {
	if told.Spoken.IsZero() {
		return w.Entered.Add(a.Reminder)
	}
	return told.Spoken.Add(a.Reminder)
}

func (a Announce) nextAt(told Told, w Waiting) time.Time {
	var next time.Time
	if a.informs() {
		next = a.informAt(told, w)
	}
	if a.Reminder > 0 {
		if at := a.remindAt(told, w); next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}

// announceLanguage is Chinese for Chinese and for who is not known, else English.
func announceLanguage(of string) string {
	if of == "" || strings.HasPrefix(strings.ToLower(of), "zh") {
		return "zh-CN"
	}
	return "en"
}
