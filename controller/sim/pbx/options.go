package pbx

import (
	"fmt"
	"path/filepath"
	"regexp"
)

// Options say which Asterisk to start. Root and Name are required.
type Options struct {
	Root     string // the unpacked root, as Install leaves it
	Name     string // names the instance's folder: small letters, digits and "-"
	Host     string // IPv4 address to listen on; default 127.0.0.1
	SIPPort  int    // UDP and TCP; 0 picks a free one
	HTTPPort int    // ARI and SIP over WebSocket; 0 picks a free one
	RTPFirst int    // first of 1,000 media ports; 0 picks a block
	Country  string // tones, see dialplan.Settings; default "cn"

	// Snapshot holds files for the boot folder ("pjsip.conf", "globals.conf") to write
	// before the first boot; a file that is not named here is left as it is.
	Snapshot map[string]string
}

// rtpPorts is how many media ports an instance gets: 250 calls of two legs.
const rtpPorts = 1000

var nameShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,40}$`)

// check refuses options that cannot work and makes Root absolute.
func (o Options) check() (Options, error) {
	if o.Root == "" {
		return o, fmt.Errorf("pbx: option Root is empty: name the folder of the unpacked Asterisk")
	}
	if !nameShape.MatchString(o.Name) {
		return o, fmt.Errorf("pbx: option Name must be small letters, digits and \"-\", at most 41: %q", o.Name)
	}
	for file := range o.Snapshot {
		if file != "pjsip.conf" && file != "globals.conf" {
			return o, fmt.Errorf("pbx: option Snapshot may hold pjsip.conf and globals.conf, not %q", file)
		}
	}
	root, err := filepath.Abs(o.Root)
	if err != nil {
		return o, fmt.Errorf("pbx: option Root: %w", err)
	}
	o.Root = root
	return o, checkRoot(root)
}
