// Package hotel knows the house: rooms, extensions, devices, groups, classes of
// service, and who stays where. Operations are pure decisions on a Directory
// that return the Changes to store and the reason (Op); Service stores them and
// shows the result.
//
//	who calls         Directory.Caller (SIP user name → extension, device)
//	what may it call  Directory.ClassOf, MayCall, Reach
//	what is shown     Directory.CallerName, LanguageOf
//	what changes      CheckIn, Move, CheckOut, AddRooms, SetForward, … → Service.Do
package hotel
