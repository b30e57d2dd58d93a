// Package calls holds live calls: one call is one Session is one goroutine, and
// its code reads as the call goes. Exchange owns all sessions and feeds them the
// events of a Switch.
package calls
