package acd

import (
	"cmp"
	"slices"
	"time"
)

// Figures are the sums over a set of visits. Durations are sums; divide by the
// counts for means (ASA, AHT). With A answered, B abandoned and F overflowed,
// offered is N = A + B + F.
//
// A resumed visit is not counted: the one that goes on for it is, with the first
// one's entry. Open and Lost visits are told apart and are not offered.
type Figures struct {
	Offered, Answered, AnsweredInTarget   int
	Abandoned, ShortAbandoned, Overflowed int // short: left before Target.Short
	AbandonedAfterTarget                  int
	Open, Lost                            int           // still waiting; the switch died
	Wait                                  time.Duration // of the answered
	LongestWait                           time.Duration // of all that left
	Talk, Hold, WrapUp                    time.Duration
	MedianWait, P95Wait                   time.Duration // of the answered, nearest rank
	AnsweredIn10, AnsweredIn20, Transfers int

	waits []time.Duration // of the answered, ascending: for exact medians after Merge
}

// Count computes the figures of visits under a target. Within means up to and
// including, short means less than. A visit counts once for its queue; see
// PerCall for a count over several queues.
func Count(visits []Visit, t Target) Figures {
	var f Figures
	for i := range visits {
		f.add(&visits[i], t)
	}
	slices.Sort(f.waits)
	return f.ranked()
}

func (f *Figures) add(v *Visit, t Target) {
	wait := v.Wait()
	switch {
	case v.How == Resumed:
		return
	case v.Left.IsZero():
		f.Open++
		return
	case v.How == Lost:
		f.Lost++
		return
	case v.How == Answered:
		f.addAnswered(v, wait, t)
	case v.How == Abandoned:
		f.Abandoned++
		f.ShortAbandoned += one(wait < t.Short)
		f.AbandonedAfterTarget += one(wait > t.Within)
	default:
		f.Overflowed++
	}
	f.Offered++
	f.LongestWait = max(f.LongestWait, wait)
}

func (f *Figures) addAnswered(v *Visit, wait time.Duration, t Target) {
	f.Answered++
	f.AnsweredInTarget += one(wait <= t.Within)
	f.AnsweredIn10 += one(wait <= 10*time.Second)
	f.AnsweredIn20 += one(wait <= 20*time.Second)
	f.Transfers += one(v.Transferred)
	f.Wait += wait
	f.Talk += v.Talk
	f.Hold += v.Hold
	f.WrapUp += v.WrapUp
	f.waits = append(f.waits, wait)
}

// Wait is how long the caller waited, 0 while the visit is open.
func (v Visit) Wait() time.Duration {
	if v.Left.IsZero() {
		return 0
	}
	return since(v.Entered, v.Left)
}

// ASA is the average speed of answer: the wait of the answered / answered.
func (f Figures) ASA() time.Duration { return mean(f.Wait, f.Answered) }

// AHT is the average handling time: (talk + hold + wrap-up) / answered.
func (f Figures) AHT() time.Duration { return mean(f.Talk+f.Hold+f.WrapUp, f.Answered) }

// AbandonRate is ABA%, (B − short) / (N − short), and false when nobody counts.
func (f Figures) AbandonRate() (float64, bool) {
	return share(f.Abandoned-f.ShortAbandoned, f.Offered-f.ShortAbandoned)
}

// RawAbandonRate is B / N, to be shown beside AbandonRate.
func (f Figures) RawAbandonRate() (float64, bool) { return share(f.Abandoned, f.Offered) }

// TransferRate is transferred / answered, and false when none was answered.
func (f Figures) TransferRate() (float64, bool) { return share(f.Transfers, f.Answered) }

// Merge adds figures of disjoint visits that were counted under one target. The
// medians are exact, as long as the figures come from Count or Merge.
func Merge(all ...Figures) Figures {
	var sum Figures
	for _, f := range all {
		sum.Offered += f.Offered
		sum.Answered += f.Answered
		sum.AnsweredInTarget += f.AnsweredInTarget
		sum.Abandoned += f.Abandoned
		sum.ShortAbandoned += f.ShortAbandoned
		sum.Overflowed += f.Overflowed
		sum.AbandonedAfterTarget += f.AbandonedAfterTarget
		sum.Open += f.Open
		sum.Lost += f.Lost
		sum.Wait += f.Wait
		sum.LongestWait = max(sum.LongestWait, f.LongestWait)
		sum.Talk += f.Talk
		sum.Hold += f.Hold
		sum.WrapUp += f.WrapUp
		sum.AnsweredIn10 += f.AnsweredIn10
		sum.AnsweredIn20 += f.AnsweredIn20
		sum.Transfers += f.Transfers
		sum.waits = append(sum.waits, f.waits...)
	}
	slices.Sort(sum.waits)
	return sum.ranked()
}

// ranked sets the quantiles from the sorted waits.
func (f Figures) ranked() Figures {
	f.MedianWait, f.P95Wait = percentile(f.waits, 50), percentile(f.waits, 95)
	return f
}

// percentile is the nearest-rank percentile of an ascending list: the least value that
// so many percent do not exceed.
func percentile(ascending []time.Duration, percent int) time.Duration {
	if len(ascending) == 0 {
		return 0
	}
	return ascending[(len(ascending)*percent+99)/100-1]
}

// ByAccount computes the figures of each account from the visits that it
// answered. Who hung up before an answer is nobody's.
func ByAccount(visits []Visit, t Target) map[string]Figures {
	by := make(map[string][]Visit)
	for _, v := range visits {
		if v.How == Answered && v.Account != "" {
			by[v.Account] = append(by[v.Account], v)
		}
	}
	figures := make(map[string]Figures, len(by))
	for account, vs := range by {
		figures[account] = Count(vs, t)
	}
	return figures
}

// PerCall joins the visits of each call into one, so that a call that went
// through two queues counts once overall: it entered when it first did, and its
// end is its first answer, else its last leaving. Handling times add up.
func PerCall(visits []Visit) []Visit {
	sorted := slices.Clone(visits)
	slices.SortStableFunc(sorted, func(a, b Visit) int { return a.Entered.Compare(b.Entered) })
	at := make(map[string]int, len(sorted))
	var calls []Visit
	for _, v := range sorted {
		i, known := at[v.Call]
		switch {
		case v.How == Resumed || v.Call == "":
			calls = append(calls, v)
		case !known:
			at[v.Call] = len(calls)
			calls = append(calls, v)
		default:
			calls[i] = calls[i].joined(v)
		}
	}
	return calls
}

// joined is v with the same call's later visit.
func (v Visit) joined(later Visit) Visit {
	if v.How != Answered {
		v.How, v.Left, v.Queue = later.How, later.Left, later.Queue
	}
	v.Account = cmp.Or(v.Account, later.Account)
	v.Offers += later.Offers
	v.Talk += later.Talk
	v.Hold += later.Hold
	v.WrapUp += later.WrapUp
	v.Transferred = v.Transferred || later.Transferred
	return v
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
