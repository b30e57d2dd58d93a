package hotel

import (
	"slices"
	"time"

	"bellhop/controller/kit/phone"
)

// check tests every item against the rules that its indexes did not test.
func (d *Directory) check(c *checker) {
	d.location = time.UTC
	if d.data.setUp() {
		d.checkProperty(c.item(NounProperty, ""))
	}
	for _, f := range d.data.Floors {
		c.item(NounFloor, f.Name).try("name", required(f.Name, maxKey))
	}
	for _, r := range d.data.Rooms {
		d.checkRoom(c.item(NounRoom, r.Number), r)
	}
	for _, e := range d.data.Extensions {
		d.checkExtension(c.item(NounExtension, e.Number.String()), e)
	}
	for _, v := range d.data.Devices {
		d.checkDevice(c.item(NounDevice, v.ID), v)
	}
	for _, g := range d.data.Groups {
		it := c.item(NounGroup, g.Name)
		it.try("name", listed(g.Name, maxKey))
		if !g.Number.IsZero() {
			it.try("number", d.checkNumber(g.Number))
		}
	}
	for _, k := range d.data.Classes {
		checkClass(c.item(NounClass, k.Name), k)
	}
	for _, s := range d.data.Stays {
		d.checkStay(c.item(NounStay, s.ID), s)
	}
	d.checkForwards(c)
}

// setUp reports whether there is anything yet.
func (data Data) setUp() bool {
	p := data.Property
	return p.Name != "" || p.Country != "" || p.TimeZone != "" || !p.Operator.IsZero() ||
		len(data.Floors)+len(data.Rooms)+len(data.Extensions)+len(data.Groups)+len(data.Classes) > 0
}

func (d *Directory) checkProperty(it item) {
	p := d.data.Property
	it.try("name", required(p.Name, maxName))
	d.checkCountry(it)
	it.require(of(digits, 0, 6, p.AreaCode), "area_code", "is not up to 6 digits")
	it.require(of(digits, 0, 1, p.AccessDigit), "access_digit", "is not one digit or none")
	if p.MainNumber != "" {
		_, err := phone.Parse(p.MainNumber)
		it.require(err == nil, "main_number", "%q is not a telephone number", p.MainNumber)
	}
	it.require(p.RingTime >= 5*time.Second && p.RingTime <= 3*time.Minute,
		"ring_time", "is not between 5 s and 3 min")
	it.require(p.OverlapWait >= time.Second && p.OverlapWait <= 15*time.Second,
		"overlap_wait", "is not between 1 s and 15 s")
	it.require(slices.Contains([]RoomPolicy{RoomsAll, RoomsGroup, RoomsNone}, p.RoomToRoom),
		"room_to_room", "%q is not all, group or none", p.RoomToRoom)
	it.require(len(p.Languages) > 0, "languages", "are none; the first is the default")
	for i, l := range p.Languages {
		it.require(languageTag(l), "languages", "%q is not a language tag like zh-CN or en", l)
		it.require(!slices.Contains(p.Languages[:i], l), "languages", "%s is given twice", l)
	}
	d.checkTimeZone(it)
	d.checkDefaultClasses(it)
	d.checkOperator(it)
}

func (d *Directory) checkCountry(it item) {
	country, err := phone.ForCountry(d.data.Property.Country)
	if err != nil {
		it.fail("country", "has no numbering plan for %q", d.data.Property.Country)
	}
	d.country, d.emergencies = country, country.Emergencies()
}

func (d *Directory) checkTimeZone(it item) {
	zone := d.data.Property.TimeZone
	loc, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" {
		it.fail("time_zone", "%q is not an IANA time zone like Asia/Shanghai", zone)
		return
	}
	d.location = loc
}

// checkDefaultClasses wants the rights of rooms settled before there are any,
// and those of a vacant one to cost nothing.
func (d *Directory) checkDefaultClasses(it item) {
	p := d.data.Property
	vacant, ok := d.classes[p.VacantClass]
	it.require(ok || p.VacantClass == "" && len(d.rooms) == 0,
		"vacant_class", "%q is not a class of service of the hotel", p.VacantClass)
	for _, k := range vacant.Allow {
		it.require(k == phone.ClassInternal || k == phone.ClassEmergency, "vacant_class",
			"%q allows %s calls; a vacant room may call only internal and emergency numbers", vacant.Name, k)
	}
	_, ok = d.classes[p.GuestClass]
	it.require(ok || p.GuestClass == "" && len(d.rooms) == 0,
		"guest_class", "%q is not a class of service of the hotel", p.GuestClass)
}

func (d *Directory) checkOperator(it item) {
	n := d.data.Property.Operator
	if n.IsZero() {
		return
	}
	_, group := d.numbers[n]
	_, extension := d.extensions[n]
	it.require(group || extension, "operator", "%s is neither an extension nor a group of the hotel", n)
}

func (d *Directory) checkRoom(it item, r Room) {
	it.require(of(digits+upper+lower+"-", 1, 16, r.Number),
		"number", "is not 1 to 16 letters, digits and hyphens")
	_, ok := d.floors[r.Floor]
	it.require(ok, "floor", "%q is not a floor of the hotel", r.Floor)
	it.try("type", optional(r.Type, maxKey))
}

func (d *Directory) checkExtension(it item, e Extension) {
	it.try("number", d.checkNumber(e.Number))
	it.require(!isCode(e.Number) || e.Kind == KindService, "number", "with a star is for services only")
	it.try("name", optional(e.Name, maxName))
	it.try("department", optional(e.Department, maxKey))
	_, known := d.classes[e.Class]
	switch e.Kind {
	case KindRoom:
		it.require(e.Room != "", "room", "is missing: the extension of a room stands in one")
		it.require(e.Class == "", "class", "of a room follows its stay and cannot be set")
	case KindStaff, KindDepartment, KindService, KindDesk, KindCorridor:
		it.require(e.Room == "", "room", "is only for extensions of rooms")
		it.require(known || e.Class == "", "class", "%q is not a class of service of the hotel", e.Class)
	default:
		it.fail("kind", "%q is not room, staff, department, service, desk or corridor", e.Kind)
	}
	it.require(e.Language == "" || slices.Contains(d.data.Property.Languages, e.Language),
		"language", "%q is not a language of the hotel", e.Language)
	it.require(!e.DoNotDisturb || e.Kind != KindService && e.Kind != KindCorridor,
		"do_not_disturb", "is not for service and corridor extensions")
	d.checkForward(it, e)
}

func (d *Directory) checkDevice(it item, v Device) {
	it.try("id", required(v.ID, maxID))
	it.try("label", listed(v.Label, maxKey))
	it.require(v.Kind == DeviceSIP || v.Kind == DeviceBrowser, "kind", "%q is not sip or browser", v.Kind)
	it.require(of(lower+digits, 8, 40, v.Endpoint), "endpoint", "is not 8 to 40 lower-case letters and digits")
	it.require(v.Endpoint != v.Extension.String(), "endpoint", "is the extension number; it must be random")
	it.require(of("0123456789abcdef", 32, 32, v.HA1), "ha1", "is not 32 hex digits")
	it.require(!isCode(v.Extension), "extension", "%s is a code; codes have no phones", v.Extension)
}

func checkClass(it item, c ClassOfService) {
	it.try("name", required(c.Name, maxKey))
	for i, k := range c.Allow {
		it.require(knownClass(k), "allow", "%q is not a class of number", k)
		it.require(!slices.Contains(c.Allow[:i], k), "allow", "%s is given twice", k)
	}
}

func knownClass(c phone.Class) bool {
	switch c {
	case phone.ClassEmergency, phone.ClassInternal, phone.ClassService, phone.ClassFree,
		phone.ClassShared, phone.ClassLocal, phone.ClassMobile, phone.ClassNational,
		phone.ClassRegional, phone.ClassInternational, phone.ClassPremium:
		return true
	}
	return false
}

func (d *Directory) checkStay(it item, s Stay) {
	it.try("id", required(s.ID, maxID))
	_, ok := d.classes[s.Class]
	it.require(ok || s.Class == "", "class", "%q is not a class of service of the hotel", s.Class)
	it.require(!s.CheckedIn.IsZero(), "checked_in", "is missing")
	it.require(len(s.Guests) > 0, "guests", "are none")
	it.require(len(s.Guests) <= maxGuests, "guests", "are more than %d", maxGuests)
	for _, g := range s.Guests {
		it.try("guests", required(g.ID, maxID))
		it.try("guests", optional(g.Name, maxGuest))
		it.require(g.Language == "" || languageTag(g.Language),
			"guests", "%q is not a language tag like zh-CN or en", g.Language)
		it.require(g.VIP >= 0 && g.VIP <= 9, "guests", "VIP level %d is not 0 to 9", g.VIP)
	}
}

// maxGuests is how many guests may share a room.
const maxGuests = 20
