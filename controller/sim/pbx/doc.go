// Package pbx runs a real Asterisk out of an unpacked Debian root, for the demo and the tests.
//
// Install unpacks the root once. Start writes the configuration of package dialplan for one
// named instance below <root>/var/lib/bellhop/<name>, runs Asterisk there in a chroot with
// its own mount namespace, and returns when it is fully booted. Several instances, each
// with its own ports, may run from one root. An instance dies with the process that started it.
package pbx
