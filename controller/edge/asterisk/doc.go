// Package asterisk drives Asterisk 22.10 or newer over ARI: Switch implements
// calls.Switch, Provisioner pushes phones and trunks.
//
// The library ari/v6 gives the model and the decoding of the events it knows
// (frame.go); connection, commands and everything newer are our own.
//
// One websocket carries the Stasis application of calls. link.go owns it,
// queue.go keeps its reader from ever waiting, tracker.go turns frames into the
// events of the port, rest.go sends the commands, ledger.go reads the switch's
// own record of calls. plan.go, objects.go, provision.go and bootfile.go are the
// Provisioner.
package asterisk
