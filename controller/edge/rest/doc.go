// Package rest is the HTTP interface: /api/v1 as api/openapi.yaml says, the docs
// page, health and metrics. The contract is enforced, not repeated: which scope
// an operation needs and what a request may hold is read from openapi.yaml;
// types and routes in gen are generated from it.
//
// A request passes, in this order: request id, log and metrics, recovery,
// headers, deadline, token and scope, body limit, validation, idempotency, handler.
package rest
