// Package acd brings callers to operators: queues, seats, one matcher over all
// of them, the parked lane, and the rows that every figure is computed from.
package acd
