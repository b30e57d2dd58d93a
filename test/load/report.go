package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// The targets that the project has set itself.
const (
	targetP50     = 5 * time.Millisecond  // above plain Dial()
	targetP99     = 25 * time.Millisecond // above plain Dial()
	targetClean   = 0.6                   // of plain Dial()'s clean rate
	targetMemory  = 150 << 20             // bytes
	targetProvide = 2 * time.Second
)

// String shows a step on one line.
func (s step) String() string {
	verdict := ""
	if !s.clean() {
		verdict = "  overloaded"
	}
	return fmt.Sprintf("%4d calls/s: set-up p50 %s p99 %s ms, %d of %d failed, %d repeats, processor ms/call %s + %s, others %2.0f%%%s",
		s.rate, ms(s.p(50)), ms(s.p(99)), s.failed, s.calls, s.repeats,
		ms(s.perCall(s.asterisk)), ms(s.perCall(s.bellhop)), 100*s.foreignShare(), verdict)
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond)) }

// print writes the table and the verdicts.
func (r *result) print(to io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\nPlain Dial() and Bellhop on one machine, %d phones, %s a step, %s talk, load average %s before, %s after, took %s\n\n",
		r.plan.phones, r.plan.length, r.plan.hold, r.loads[0], r.loads[1], r.took.Round(time.Second))
	b.WriteString("          set-up ms, plain   set-up ms, Bellhop  failed       repeats      processor ms a call                 others\n")
	b.WriteString(" calls/s    p50       p99      p50       p99     plain  Bh.   plain  Bh.   plain  Bellhop = switch + controller  plain  Bh.\n")
	for i := range max(len(r.plain.steps), len(r.bellhop.steps)) {
		r.row(&b, i)
	}
	b.WriteString("\n")
	for _, v := range r.verdicts() {
		b.WriteString(v + "\n")
	}
	_, err := io.WriteString(to, b.String())
	return err
}

// row prints one rate; a side that was given up before has no figures.
func (r *result) row(b *strings.Builder, i int) {
	at := func(s series) (step, bool) {
		if i < len(s.steps) {
			return s.steps[i], true
		}
		return step{}, false
	}
	p, hasP := at(r.plain)
	h, hasH := at(r.bellhop)
	show := func(has bool, text string) string {
		if !has {
			return "-"
		}
		return text
	}
	fmt.Fprintf(b, "%8d %7s %9s  %7s %9s  %6s %5s  %6s %5s  %6s  %7s = %6s + %-10s %5s %5s\n", max(p.rate, h.rate),
		show(hasP, ms(p.p(50))), show(hasP, ms(p.p(99))), show(hasH, ms(h.p(50))), show(hasH, ms(h.p(99))),
		show(hasP, fmt.Sprint(p.failed)), show(hasH, fmt.Sprint(h.failed)),
		show(hasP, fmt.Sprint(p.repeats)), show(hasH, fmt.Sprint(h.repeats)),
		show(hasP, ms(p.perCall(p.asterisk))), show(hasH, ms(h.perCall(h.asterisk+h.bellhop))),
		show(hasH, ms(h.perCall(h.asterisk))), show(hasH, ms(h.perCall(h.bellhop))),
		show(hasP, fmt.Sprintf("%.0f%%", 100*p.foreignShare())), show(hasH, fmt.Sprintf("%.0f%%", 100*h.foreignShare())))
}

// verdicts compares with the targets, one line each.
func (r *result) verdicts() []string {
	var all []string
	add := func(met bool, format string, args ...any) {
		word := "met  "
		if !met {
			word = "SHORT"
		}
		all = append(all, word+"  "+fmt.Sprintf(format, args...))
	}
	for i := range r.plan.rates {
		p, h := r.plain.steps[i], r.bellhop.steps[i]
		p50, p99 := h.p(50)-p.p(50), h.p(99)-p.p(99)
		add(p50 <= targetP50, "set-up p50 at %d calls/s: %s ms above plain (at most %s)", p.rate, ms(p50), ms(targetP50))
		add(p99 <= targetP99, "set-up p99 at %d calls/s: %s ms above plain (at most %s)", p.rate, ms(p99), ms(targetP99))
		add(h.failed == 0, "failed calls at %d calls/s: %d of %d (plain %d)", p.rate, h.failed, h.calls, p.failed)
	}
	if len(r.plan.climb) > 0 {
		share := float64(r.bellhop.clean) / float64(max(r.plain.clean, 1))
		add(share >= targetClean, "clean rate: %s of plain %s, %.0f%% (at least %.0f%%)",
			r.bellhop.limits(), r.plain.limits(), 100*share, 100*targetClean)
	}
	add(r.memory.talking < targetMemory, "controller's memory: %d MB with %d phones, %d MB at %d talking calls (under %d), %d MB after all of it",
		r.memory.idle>>20, r.plan.phones, r.memory.talking>>20, r.plan.talk, targetMemory>>20, r.memory.after>>20)
	add(r.provisioned > 0 && r.provisioned < targetProvide, "provisioning of %d phones: %s (under %s)",
		r.plan.phones, r.provisioned.Round(time.Millisecond), targetProvide)
	return all
}

// limits says how far a series went.
func (s series) limits() string {
	if s.onset == 0 {
		return fmt.Sprintf("%d+ calls/s", s.clean)
	}
	return fmt.Sprintf("%d calls/s (overloaded at %d)", s.clean, s.onset)
}
