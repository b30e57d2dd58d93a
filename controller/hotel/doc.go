// Package hotel knows the house: rooms, extensions, devices, groups, classes of
// service, and who stays where. Operations are pure decisions on a Directory
// that return the Changes to store; Service stores them and shows the result.
package hotel
