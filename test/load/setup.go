package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// setups returns how long each answered call of a run took from its first INVITE
// to its 200, sorted. It reads sipp's list of messages, whose clock counts
// microseconds; sipp's own response times come in steps of 4 ms.
func (p *sipp) setups() ([]time.Duration, error) {
	names, err := filepath.Glob(filepath.Join(p.files, "*_shortmessages.log"))
	if err != nil || len(names) == 0 {
		return nil, errors.Join(err, errors.New("sipp wrote no list of messages"))
	}
	file, err := os.Open(names[0])
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var all []time.Duration
	began := map[string]time.Duration{} // by Call-ID
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		// date; time; seconds since 1970; S or R; Call-ID; CSeq; first line
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) < 7 || !strings.HasSuffix(fields[5], " INVITE") {
			continue
		}
		at, err := clockTime(fields[2])
		if err != nil {
			return nil, err
		}
		call := fields[4]
		begin, known := began[call]
		switch {
		case !known && fields[3] == "S":
			began[call] = at
		case known && begin >= 0 && fields[3] == "R" && strings.HasPrefix(fields[6], "SIP/2.0 200"):
			all = append(all, at-begin)
			began[call] = -1 // a repeated 200 is not another answer
		}
	}
	slices.Sort(all)
	return all, lines.Err()
}

// clockTime reads seconds with six decimals without losing any.
func clockTime(s string) (time.Duration, error) {
	whole, micros, _ := strings.Cut(s, ".")
	a, err1 := strconv.ParseInt(whole, 10, 64)
	b, err2 := strconv.ParseInt(micros, 10, 64)
	if err1 != nil || err2 != nil || len(micros) != 6 {
		return 0, fmt.Errorf("sipp: %q is no time", s)
	}
	return time.Duration(a)*time.Second + time.Duration(b)*time.Microsecond, nil
}
