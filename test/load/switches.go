package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"bellhop/controller/sim/pbx"
)

// bootTime bounds the start of a switch.
const bootTime = 30 * time.Second

//go:embed plain.conf
var plainDialplan string

// startBellhop starts the switch that the controller drives, and the controller.
func (b *bench) startBellhop(ctx context.Context, p plan) (*side, error) {
	s, err := b.startSwitch(ctx, "bellhop", 20000, nil, nil)
	if err != nil {
		return nil, err
	}
	s.controller, err = b.startController(ctx, s.pbx, p)
	return s, err
}

// startPlain starts the yardstick: the phones exactly as the controller pushed
// them to the other switch, and one line of dialplan for each.
func (b *bench) startPlain(ctx context.Context) (*side, error) {
	phones, err := os.ReadFile(filepath.Join(b.bellhop.pbx.BootDir, "pjsip.conf"))
	if err != nil {
		return nil, fmt.Errorf("the controller's snapshot: %w", err)
	}
	lines := plainDialplan
	for _, c := range b.phones {
		lines += fmt.Sprintf("exten => %s,1,Dial(PJSIP/%s,60)\n", c.Extension, c.Endpoint)
	}
	return b.startSwitch(ctx, "plain", 30000,
		map[string]string{"pjsip.conf": string(phones)}, map[string]string{"extensions.conf": lines})
}

// startSwitch starts one Asterisk with 10,000 media ports from rtpFirst on;
// files replace parts of its configuration.
func (b *bench) startSwitch(ctx context.Context, name string, rtpFirst int, snapshot, files map[string]string) (*side, error) {
	root, err := asteriskRoot()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, bootTime)
	defer cancel()
	i, err := pbx.Start(ctx, pbx.Options{
		Root: root, Name: fmt.Sprintf("load-%s-%d", name, os.Getpid()), RTPFirst: rtpFirst, Snapshot: snapshot,
	})
	if err != nil {
		return nil, err
	}
	b.onTakeDown(func() error { return i.Remove(context.Background()) })
	etc := filepath.Join(i.Dir, "etc")
	if err := widenMedia(filepath.Join(etc, "rtp.conf"), rtpFirst+9999); err != nil {
		return nil, err
	}
	for file, text := range files {
		if err := os.WriteFile(filepath.Join(etc, file), []byte(text), 0o640); err != nil {
			return nil, err
		}
	}
	if err := i.Restart(ctx); err != nil {
		return nil, err
	}
	s := &side{name: name, pbx: i}
	s.caller, s.callee, err = freePorts()
	return s, err
}

// widenMedia gives the switch more ports than the 250 calls of a test need.
func widenMedia(file string, last int) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	wide := regexp.MustCompile(`rtpend = \d+`).ReplaceAll(text, fmt.Appendf(nil, "rtpend = %d", last))
	return os.WriteFile(file, wide, 0o640)
}

// freePorts returns two UDP ports that nobody uses at the moment.
func freePorts() (int, int, error) {
	var ports [2]int
	for i := range ports {
		socket, err := net.ListenPacket("udp", "127.0.0.1:0")
		if err != nil {
			return 0, 0, err
		}
		defer socket.Close()
		ports[i] = socket.LocalAddr().(*net.UDPAddr).Port
	}
	return ports[0], ports[1], nil
}

// asteriskRoot finds the unpacked Asterisk in this folder or above it.
func asteriskRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		root := filepath.Join(dir, pbx.RootFolder)
		if _, missing := os.Stat(filepath.Join(root, "usr/sbin/asterisk")); missing == nil {
			return root, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New(`no unpacked Asterisk found: run "make setup" as root`)
		}
		dir = filepath.Dir(dir)
	}
	return "", err
}
