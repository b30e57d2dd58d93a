package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"bellhop/controller/sim/phones"
)

// sippCalls is how many calls each of sipp's scenarios makes.
const sippCalls = 20

func TestSippScenarios(t *testing.T) {
	if _, err := exec.LookPath("sipp"); err != nil {
		t.Fatal("sipp is not installed (Debian package sip-tester): run \"make setup\"")
	}
	h := openHotel(t)
	h.scene("sipp is the carrier that our calls go to", sippAsCarrier)
	h.scene("sipp is a carrier that calls in, and the desk's phone", sippBothEnds)
}

// sipp is a running sipp with one of its built-in scenarios.
type sipp struct {
	name   string
	dir    string
	output bytes.Buffer
	ended  chan error
}

// sipp starts a scenario that ends after sippCalls calls.
func (s *scene) sipp(scenario, host string, port int, more ...string) *sipp {
	s.t.Helper()
	p := &sipp{name: scenario, dir: s.t.TempDir(), ended: make(chan error, 1)}
	args := append([]string{
		"-sn", scenario, "-i", host, "-p", strconv.Itoa(port), "-m", strconv.Itoa(sippCalls),
		"-nostdin", "-aa", "-timeout", "25s", "-timeout_error", "-trace_err", "-error_file", "errors.log",
	}, more...)
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.ctx))
	cmd := exec.CommandContext(ctx, "sipp", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.dir, &p.output, &p.output
	s.must(cmd.Start())
	done := make(chan struct{})
	go func() { p.ended <- cmd.Wait(); close(done) }()
	s.after(func() { cancel(); <-done })
	return p
}

// succeeds waits for the scenario's end: sipp itself says how many calls failed.
func (s *scene) succeeds(p *sipp) {
	s.t.Helper()
	select {
	case err := <-p.ended:
		good, bad := p.count("Successful call"), p.count("Failed call")
		if err != nil || good != sippCalls || bad != 0 {
			s.t.Errorf("sipp %s: %v, %d good and %d failed calls\n%s", p.name, err, good, bad, p.complaints())
		}
	case <-s.ctx.Done():
		s.t.Errorf("sipp %s does not end", p.name)
	}
}

// count reads a counter of sipp's last statistics: name, periodic, cumulative.
func (p *sipp) count(name string) int {
	n := -1
	for line := range strings.Lines(p.output.String()) {
		if cells := strings.Split(line, "|"); strings.Contains(cells[0], name) && len(cells) > 2 {
			n, _ = strconv.Atoi(strings.TrimSpace(cells[2]))
		}
	}
	return n
}

// complaints returns what sipp said of the messages that it did not expect.
func (p *sipp) complaints() string {
	text, err := os.ReadFile(filepath.Join(p.dir, "errors.log"))
	if err != nil {
		return err.Error()
	}
	return string(text[:min(len(text), 3000)])
}

// freePort returns a UDP port of host that nobody uses now.
func (s *scene) freePort(host string) int {
	s.t.Helper()
	socket, err := net.ListenPacket("udp", host+":0")
	s.must(err)
	defer socket.Close()
	return socket.LocalAddr().(*net.UDPAddr).Port
}

func sippAsCarrier(s *scene) {
	const host = "127.0.0.6"
	port := s.freePort(host)
	address := fmt.Sprintf("%s:%d", host, port)
	s.trunk("unicom", object{"address": address})
	s.Until(s.t, "the switch knows the new carrier", func() bool {
		contacts, err := s.PBX.CLI(s.ctx, "pjsip show aors")
		s.must(err)
		return strings.Contains(contacts, address)
	})
	carrier := s.sipp("uas", host, port)
	for range sippCalls / 4 {
		var all []*phones.Call
		for range 4 {
			all = append(all, s.dial("8000", "83661234"))
		}
		for _, c := range all {
			s.must(c.WaitAnswered(s.ctx))
		}
		s.hangUp(all...)
	}
	s.succeeds(carrier)
	s.answeredRecords("outbound", "unicom")
}

func sippBothEnds(s *scene) {
	desk := s.phone("8000")
	port := int(desk.Addr().Port())
	desk.Vanish() // its registration stays: sipp takes its place
	delete(s.phones, "8000")
	phone := s.sipp("uas", "127.0.0.1", port)
	carrier := s.sipp("uac", "127.0.0.2", s.freePort("127.0.0.2"), "-s", "075588888000", "-r", "10", "-d", "300", s.PBX.SIPAddress)
	s.succeeds(carrier)
	s.succeeds(phone)
	s.answeredRecords("inbound", "unicom")
}

// answeredRecords expects a record of each of sipp's calls.
func (s *scene) answeredRecords(direction, trunk string) {
	s.t.Helper()
	s.Until(s.t, "a record of each call", func() bool {
		n := 0
		for _, r := range s.records("&direction=" + direction + "&trunk=" + trunk + "&outcome=answered") {
			if !r.Ended.IsZero() && r.Cause == 16 && len(r.Legs) == 2 {
				n++
			}
		}
		return n == sippCalls
	})
}
