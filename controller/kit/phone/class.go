package phone

// Class is the kind of number that a dialled string is, as tariffs and classes
// of service know it.
type Class string

// The classes of number.
const (
	ClassEmergency     Class = "emergency"     // 110, 119, 120, 122: always allowed
	ClassInternal      Class = "internal"      // an extension, group or feature code
	ClassService       Class = "service"       // 1xx, 12xxx, 95xxx, 96xxx, 100xx
	ClassFree          Class = "free"          // 800
	ClassShared        Class = "shared"        // 400
	ClassLocal         Class = "local"         // 市话
	ClassMobile        Class = "mobile"        // 手机
	ClassNational      Class = "national"      // 国内长途
	ClassRegional      Class = "regional"      // 港澳台
	ClassInternational Class = "international" // 国际
	ClassPremium       Class = "premium"       // chat lines and the like
)
