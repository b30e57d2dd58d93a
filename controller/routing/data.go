package routing

import "context"

// Data is everything that routing stores.
type Data struct {
	Trunks    []Trunk
	Routes    []Route
	DIDs      []DID
	Screening []Screening
}

// Changes is what an operation alters; it is stored in one transaction.
type Changes struct {
	Trunks    Set[Trunk]
	Routes    Set[Route]
	DIDs      Set[DID]
	Screening Set[Screening]
}

// Set is what changes of one kind of thing: put inserts or replaces by key,
// drop deletes by key (Trunk by Name, DID by Number, the others by ID).
type Set[T any] struct {
	Put  []T
	Drop []string
}

// Store keeps the routing data.
type Store interface {
	// LoadRouting returns everything, expired screening entries included.
	LoadRouting(ctx context.Context) (Data, error)
	// ApplyRouting stores the changes in one transaction.
	ApplyRouting(ctx context.Context, c Changes) error
}
