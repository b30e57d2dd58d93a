package acd

import "time"

// Rung returns the step of the ladder that holds after a wait: the latest that
// has begun, in whichever order they stand. It is -1 while none has: nothing is
// asked. Wall time counts alone, whether or not anybody was free meanwhile.
func (q Queue) Rung(waited time.Duration) int { return rung(q.Ladder, waited) }

func rung(ladder []Step, waited time.Duration) int {
	at := -1
	for i := range ladder {
		if ladder[i].After <= waited && (at < 0 || ladder[i].After >= ladder[at].After) {
			at = i
		}
	}
	return at
}

// MetBy reports whether a profile has every skill of the step at its level.
func (s Step) MetBy(p *Profile) bool {
	for skill, least := range s.Skills {
		if p.Skills[skill] < least {
			return false
		}
	}
	return true
}
