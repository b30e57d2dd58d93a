// Package live is the browsers' way in for what moves: the feed of topics over
// one WebSocket, and the door that passes the browser phone's SIP to Asterisk.
//
// # The feed
//
// The process tells a Topic the whole truth, object by object; every change gets
// the topic's next number. A client is nothing but a cursor: what it is sent is
// "what changed since number n", worked out when it is ready to take it. A client
// that is quick, one that is slow and one that comes back are therefore the same
// case, a slow one costs no memory, and when its number is no longer remembered
// it gets everything anew.
//
// Frames are JSON texts. The client says, whenever it likes:
//
//	{"subscribe":["calls","queues"],"since":{"calls":17},"epoch":"4f…"}
//
// and the server:
//
//	{"hello":{"epoch":"4f…","version":"1.2.0"}}           first of all
//	{"topic":"calls","seq":18,"all":{key:object,…}}       everything: forget what you had
//	{"topic":"calls","seq":21,"set":{…},"drop":[key,…]}   what changed up to 21
//	{"topic":"accounts","refused":"forbidden"}            the others work nevertheless
//	{"beat":7,"at":"2026-11-21T07:00:00Z"}                every second
//
// docs/feed.md tells it in full.
//
// # The door for SIP
//
// SIPDoor takes the browser's SIP over WebSocket (RFC 7118) at our own address,
// under our own login, and passes it to Asterisk's WebSocket message by message.
package live
