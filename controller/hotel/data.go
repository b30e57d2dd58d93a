package hotel

import "context"

// Data is everything the hotel room of the house stores.
type Data struct {
	Property   Property
	Floors     []Floor
	Rooms      []Room
	Extensions []Extension
	Devices    []Device
	Groups     []Group
	Classes    []ClassOfService
	Stays      []Stay // open ones, and closed ones only on request
}

// Changes is what an operation alters; it is stored in one transaction.
type Changes struct {
	Property   *Property
	Floors     Set[Floor]
	Rooms      Set[Room]
	Extensions Set[Extension]
	Devices    Set[Device]
	Groups     Set[Group]
	Classes    Set[ClassOfService]
	Stays      Set[Stay]
}

// Set is what changes of one kind of thing: put inserts or replaces by key,
// drop deletes by key (Floor and Group by Name, Room and Extension by Number,
// Device and Stay by ID, ClassOfService by Name).
type Set[T any] struct {
	Put  []T
	Drop []string
}

// Store keeps the hotel's data.
type Store interface {
	// LoadHotel returns everything; stays only the open ones. An empty database
	// gives a zero Property name.
	LoadHotel(ctx context.Context) (Data, error)
	// ApplyHotel stores the changes in one transaction.
	ApplyHotel(ctx context.Context, c Changes) error
}
