package acd

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// listen plays a caller's two minutes and writes down what is said when.
func listen(a Announce, at func(second int) Waiting) string {
	var heard []string
	var history Told
	for now, end := noon, noon.Add(2*time.Minute); now.Before(end); {
		var say Announcement
		var next time.Time
		say, history, next = a.Decide(history, at(int(now.Sub(noon)/sec)), now)
		if !say.Silent() {
			heard = append(heard, fmt.Sprintf("%d:%v,%d,%d", now.Sub(noon)/sec, say.Reminder, say.Position, say.Wait))
		}
		if next.IsZero() {
			break
		}
		if !next.After(now) {
			return "never ends"
		}
		now = next
	}
	return strings.Join(heard, " ")
}

func TestDecide(t *testing.T) {
	steady := func(int) Waiting {
		return Waiting{Entered: noon, Position: 2, Expected: 100 * sec, Known: true}
	}
	for name, c := range map[string]struct {
		rules Announce
		at    func(int) Waiting
		want  string
	}{
		"nothing asked":     {Announce{}, steady, ""},
		"every, of nothing": {Announce{Every: 30 * sec}, steady, ""},
		"position and wait": {Announce{Position: true, Wait: true, Every: 50 * sec}, steady, "0:false,2,2 50:false,2,2 100:false,2,2"},
		"only a reminder":   {Announce{Reminder: 45 * sec}, steady, "45:true,0,0 90:true,0,0"},
		"a reminder between": {Announce{Position: true, Every: 60 * sec, Reminder: 45 * sec}, steady,
			"0:false,2,0 45:true,0,0 60:false,2,0 105:true,0,0"},
		"the wait grows": {Announce{Position: true, Wait: true, Every: 40 * sec}, func(s int) Waiting {
			return Waiting{Entered: noon, Position: 2 + s/40, Expected: time.Duration(100+s) * sec, Known: true}
		}, "0:false,2,2"},
		"the wait shrinks": {Announce{Wait: true, Every: 40 * sec}, func(s int) Waiting {
			return Waiting{Entered: noon, Expected: time.Duration(200-2*s) * sec, Known: true}
		}, "0:false,0,4 40:false,0,2 80:false,0,1"},
		"too long to tell": {Announce{Position: true, Wait: true, Every: 90 * sec}, func(int) Waiting {
			return Waiting{Entered: noon, Position: 30, Expected: time.Hour, Known: true}
		}, "0:false,30,0 90:false,30,0"},
		"nobody works: the reminder remains": {Announce{Wait: true, Every: 50 * sec, Reminder: 50 * sec}, func(int) Waiting {
			return Waiting{Entered: noon, Position: 1}
		}, "50:true,0,0 100:true,0,0"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := listen(c.rules, c.at); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAnnouncementLanguage(t *testing.T) {
	for of, want := range map[string]string{"": "zh-CN", "zh": "zh-CN", "ZH-hant": "zh-CN", "en": "en", "de": "en"} {
		if say, _, _ := (Announce{}).Decide(Told{}, Waiting{Language: of}, noon); say.Language != want {
			t.Errorf("%q: %s", of, say.Language)
		}
	}
}
