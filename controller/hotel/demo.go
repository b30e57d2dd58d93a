package hotel

import (
	"fmt"
	"io"
	"time"

	"bellhop/controller/kit/phone"
)

// DemoHotel returns what turns an empty hotel into the demo hotel (Demo with a
// SIP phone or two everywhere), and the credentials of its phones.
func DemoHotel(random io.Reader, now time.Time) (Changes, []Credential, error) {
	data := Demo(now)
	c := Changes{
		Property:   &data.Property,
		Floors:     Set[Floor]{Put: data.Floors},
		Rooms:      Set[Room]{Put: data.Rooms},
		Extensions: Set[Extension]{Put: data.Extensions},
		Groups:     Set[Group]{Put: data.Groups},
		Classes:    Set[ClassOfService]{Put: data.Classes},
		Stays:      Set[Stay]{Put: data.Stays},
	}
	var credentials []Credential
	for _, e := range data.Extensions {
		var devices []Device
		for _, p := range demoPhones(e) {
			v, credential, err := NewDevice(random, e.Number, p.label, p.kind)
			if err != nil {
				return Changes{}, nil, err
			}
			devices = append(devices, v)
			credentials = append(credentials, credential)
		}
		c.Devices.Put = append(c.Devices.Put, NameDevices(e.Number, nil, devices)...)
	}
	return c, credentials, nil
}

type demoPhone struct {
	label string
	kind  DeviceKind
}

func demoPhones(e Extension) []demoPhone {
	switch number := e.Number.String(); {
	case e.Kind == KindService:
		return nil
	case number == "1206" || number == "1301":
		return []demoPhone{{"bedside", DeviceSIP}, {"bathroom", DeviceSIP}}
	case e.Kind == KindRoom:
		return []demoPhone{{"bedside", DeviceSIP}}
	case number == "8002" || number == "8003" || number == "8009": // browsers: phones come with their sign-on
		return nil
	}
	return []demoPhone{{"desk", DeviceSIP}}
}

// Demo returns a hotel of 4 floors and 40 rooms with its departments, services
// and a few guests, but without phones.
func Demo(now time.Time) Data {
	data := Data{
		Property: Property{
			Name: "铃童示范酒店 Bellhop Demo Hotel", TimeZone: "Asia/Shanghai",
			Country: "CN", AreaCode: "755", MainNumber: "075588886666",
			Languages: []string{"zh-CN", "en"}, Operator: demoNumber("8888"),
			RoomToRoom: RoomsAll, VacantClass: "internal", GuestClass: "national",
			RingTime: 30 * time.Second, OverlapWait: 4 * time.Second,
		},
		Classes: demoClasses(),
		Groups:  demoGroups(),
		Stays:   demoStays(now),
	}
	for floor := 11; floor <= 14; floor++ {
		data.Floors = append(data.Floors, Floor{Name: fmt.Sprint(floor), Order: floor})
		for i := 1; i <= 10; i++ {
			number := fmt.Sprintf("%d%02d", floor, i)
			kind := "twin 双床房"
			if i > 5 {
				kind = "king 大床房"
			}
			data.Rooms = append(data.Rooms, Room{Number: number, Floor: fmt.Sprint(floor), Type: kind})
			data.Extensions = append(data.Extensions,
				Extension{Number: demoNumber(number), Kind: KindRoom, Room: number})
		}
	}
	data.Extensions = append(data.Extensions, demoExtensions()...)
	return data
}

func demoClasses() []ClassOfService {
	internal := []phone.Class{phone.ClassInternal, phone.ClassEmergency}
	local := append(internal[:2:2], phone.ClassService, phone.ClassFree, phone.ClassShared, phone.ClassLocal)
	national := append(local[:6:6], phone.ClassMobile, phone.ClassNational)
	abroad := append(national[:8:8], phone.ClassRegional, phone.ClassInternational)
	return []ClassOfService{
		{Name: "internal", Allow: internal}, {Name: "local", Allow: local},
		{Name: "national", Allow: national}, {Name: "international", Allow: abroad},
	}
}

func demoExtensions() []Extension {
	var out []Extension
	for _, e := range []struct {
		number           string
		kind             ExtensionKind
		name, dept, clas string
	}{
		{"0", KindService, "总机 Operator", "front desk", "internal"},
		{"7001", KindService, "报修热线 Repairs", "engineering", "internal"},
		{"7002", KindService, "客房服务 Room service", "housekeeping", "internal"},
		{"7003", KindService, "订餐 Restaurant", "restaurant", "internal"},
		{"8000", KindDesk, "前台 Front desk", "front desk", "national"},
		{"8001", KindDesk, "前台 Front desk 2", "front desk", "national"},
		{"8002", KindDesk, "话务台一 Switchboard 1", "front desk", "international"},
		{"8003", KindDesk, "话务台二 Switchboard 2", "front desk", "international"},
		{"8009", KindDesk, "班长台 Supervisor", "front desk", "international"},
		{"8100", KindDepartment, "客房部 Housekeeping", "housekeeping", "local"},
		{"8101", KindStaff, "王芳 Wang Fang", "housekeeping", "local"},
		{"8102", KindStaff, "刘洋 Liu Yang", "housekeeping", "local"},
		{"8200", KindDepartment, "工程部 Engineering", "engineering", "local"},
		{"8201", KindStaff, "李强 Li Qiang", "engineering", "local"},
		{"8202", KindStaff, "赵磊 Zhao Lei", "engineering", "local"},
		{"8300", KindDepartment, "保安部 Security", "security", "local"},
		{"8301", KindStaff, "陈刚 Chen Gang", "security", "local"},
		{"8400", KindDepartment, "总经理室 Management", "management", "international"},
		{"8401", KindStaff, "周敏 Zhou Min", "management", "international"},
		{"8500", KindDepartment, "中餐厅 Restaurant", "restaurant", "local"},
		{"8901", KindCorridor, "11楼走廊 Corridor 11", "", "internal"},
	} {
		out = append(out, Extension{Number: demoNumber(e.number), Kind: e.kind, Name: e.name,
			Department: e.dept, Class: e.clas, Monitored: e.number == "8300"})
	}
	return out
}

func demoGroups() []Group {
	return []Group{
		{Name: "operators", Number: demoNumber("8888"), Members: demoNumbers("8000", "8001", "8002", "0"), Pickup: true},
		{Name: "housekeeping", Members: demoNumbers("8100", "8101", "8102", "7002"), Pickup: true},
		{Name: "engineering", Members: demoNumbers("8200", "8201", "8202", "7001"), Pickup: true},
		{Name: "restaurant", Members: demoNumbers("8500", "7003")},
		{Name: "security", Number: demoNumber("8333"), Members: demoNumbers("8300", "8301"), Pickup: true},
		{Name: "duty managers", Members: demoNumbers("8401", "8201", "8301")},
		{Name: "family 1205-1206", Members: demoNumbers("1205", "1206")},
	}
}

func demoStays(now time.Time) []Stay {
	return []Stay{
		{ID: "demo-1206", Room: "1206", Class: "international", CheckedIn: now, Guests: []Guest{
			{ID: "70031", Name: "东方先生", Language: "zh-CN", VIP: 2}}},
		{ID: "demo-1101", Room: "1101", CheckedIn: now, Guests: []Guest{
			{ID: "70032", Name: "Mr Smith", Language: "en"}}},
		{ID: "demo-1301", Room: "1301", Class: "local", CheckedIn: now, Guests: []Guest{
			{ID: "70033", Name: "李女士", Language: "zh-CN"}, {ID: "70034", Name: "Ms Tanaka", Language: "en"}}},
	}
}

func demoNumbers(ns ...string) []phone.Number {
	var out []phone.Number
	for _, n := range ns {
		out = append(out, demoNumber(n))
	}
	return out
}

func demoNumber(s string) phone.Number { return phone.MustParse(s) }
