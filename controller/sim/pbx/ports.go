package pbx

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
)

// fillPorts replaces every port that is 0 by one that nobody uses at the moment.
func fillPorts(o Options) (Options, error) {
	var err error
	if o.SIPPort == 0 {
		if o.SIPPort, err = freePort(o.Host, true); err != nil {
			return o, err
		}
	}
	for o.HTTPPort == 0 || o.HTTPPort == o.SIPPort {
		if o.HTTPPort, err = freePort(o.Host, false); err != nil {
			return o, err
		}
	}
	if o.RTPFirst == 0 {
		// Blocks may overlap between instances: Asterisk steps over a port that is taken.
		o.RTPFirst = 10000 + 1000*rand.IntN(20)
	}
	return o, nil
}

// freePort returns a TCP port of host that is free, and free for UDP too when udp is set.
func freePort(host string, udp bool) (int, error) {
	var lastErr error
	for range 20 {
		listener, err := net.Listen("tcp", net.JoinHostPort(host, "0"))
		if err != nil {
			return 0, fmt.Errorf("pbx: find a free port on %s: %w", host, err)
		}
		port := listener.Addr().(*net.TCPAddr).Port
		if udp {
			var socket net.PacketConn
			if socket, lastErr = net.ListenPacket("udp", net.JoinHostPort(host, strconv.Itoa(port))); lastErr == nil {
				socket.Close()
			}
		}
		listener.Close()
		if lastErr == nil {
			return port, nil
		}
	}
	return 0, fmt.Errorf("pbx: find a free port on %s: %w", host, lastErr)
}
