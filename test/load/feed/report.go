package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// The targets that the project has set itself.
const (
	targetP99  = 200 * time.Millisecond
	targetFlat = 5 << 20 // bytes that memory may grow by while changes are made
)

// print writes the table and the verdicts.
func (r *result) print(to io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "\n%d clients × %d extensions × %d changes/s for %s, %d stalled clients beside; load average before %s\n\n",
		r.clients, r.objects, r.rate, r.took.Round(time.Second), r.stalled, r.loadAverage)
	fmt.Fprintf(&b, "change to client ms   p50 %s  p90 %s  p99 %s  p99.9 %s  most %s   (%d of %d changes × clients told, the others were overtaken)\n",
		ms(percentile(r.delays, 50)), ms(percentile(r.delays, 90)), ms(percentile(r.delays, 99)), ms(percentile(r.delays, 99.9)),
		ms(percentile(r.delays, 100)), len(r.delays), r.changes*r.clients)
	fmt.Fprintf(&b, "everything at first   %s ms until the last client had it\n", ms(r.snapshot))
	fmt.Fprintf(&b, "stalled clients       joined within %.1f s; %d of %d dropped, the last %.1f s after that\n",
		r.joinTime.Seconds(), r.dropped, r.stalled, r.dropTime.Seconds())
	fmt.Fprintf(&b, "written               %d frames, %.1f MB\n", r.stats.Frames, float64(r.stats.Bytes)/(1<<20))
	fmt.Fprintf(&b, "processor             %.0f%% of one core, server and clients together\n\n", 100*float64(r.processor)/float64(r.took))
	b.WriteString("memory after collection    heap MB  stacks MB  goroutines\n")
	for i, name := range []string{"no client", "clients have everything", "after the changes", "clients gone"} {
		m := r.memory[i]
		fmt.Fprintf(&b, "%-26s %7.1f %10.1f %11d\n", name, float64(m.heap)/(1<<20), float64(m.stacks)/(1<<20), m.goroutines)
	}
	b.WriteString("\n")
	for _, v := range r.verdicts() {
		b.WriteString(v + "\n")
	}
	_, err := io.WriteString(to, b.String())
	return err
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
	p99 := percentile(r.delays, 99)
	add(p99 > 0 && p99 < targetP99, "change to client, p99: %s ms (under %s)", ms(p99), ms(targetP99))
	add(r.wrong == 0, "clients that show something else than there is: %d (none)", r.wrong)
	add(r.dropped == r.stalled && r.dropTime <= dropLimit, "stalled clients dropped: %d of %d in %.1f s (all in %s)",
		r.dropped, r.stalled, r.dropTime.Seconds(), dropLimit)
	own := int64(len(r.delays)) * 8 // what the clients wrote down; at least
	grown := int64(r.memory[2].heap) - int64(r.memory[1].heap) - own
	add(grown < targetFlat, "memory grown by the changes: %.1f MB without the clients' %.1f MB of notes (under %d)",
		float64(grown)/(1<<20), float64(own)/(1<<20), targetFlat>>20)
	return all
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond)) }

func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(text))[0]
}
