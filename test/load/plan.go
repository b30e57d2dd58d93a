package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// plan says what is measured.
type plan struct {
	phones int           // registered with each switch
	rates  []int         // calls/s at which the targets hold
	rounds int           // how often a rate is measured; the least disturbed run counts
	climb  []int         // rates tried above them, until calls fail
	length time.Duration // of one step
	hold   time.Duration // how long a call talks
	talk   int           // calls that talk while the controller's memory is read
	binary string        // controller that is built already; "": build it
}

func fullPlan() plan {
	return plan{
		phones: 1000, rates: []int{20, 50, 100}, rounds: 2, climb: []int{150, 175, 200, 225, 250, 300, 350, 400},
		length: 8 * time.Second, hold: 2 * time.Second, talk: 100,
	}
}

func shortPlan() plan {
	return plan{
		phones: 100, rates: []int{20}, rounds: 1,
		length: 3 * time.Second, hold: time.Second, talk: 20,
	}
}

// only leaves the rates of a list, and no climb.
func (p *plan) only(list string) error {
	p.rates, p.climb = nil, nil
	for word := range strings.SplitSeq(list, ",") {
		rate, err := strconv.Atoi(word)
		if err != nil || rate < 1 || rate > 1000 {
			return fmt.Errorf("-rates: %q is no rate from 1 to 1000", word)
		}
		p.rates = append(p.rates, rate)
	}
	return nil
}
