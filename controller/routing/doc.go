// Package routing decides where a dialled number may go and over which trunk:
// emergency numbers, numbering plan, class of service, screening lists, trunk
// choice and failover. Decisions are pure and return their reason.
package routing
