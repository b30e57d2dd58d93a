package phone

// china is the plan of mainland China: YD/T telephone network numbering plan of
// 2017 as summarised in the project's notes, and long-standing service numbers.
func china() Country {
	return Country{
		Code: "CN", CallingCode: "86", International: "00", Trunk: "0",
		emergencies: chinaEmergencies(),
		direct:      chinaDirect(),
		national:    chinaNational(),
		abroad:      append(chinaRegional(), abroad()...),
		areaDigits:  chinaAreaDigits,
		localDigits: chinaLocalDigits,
	}
}

// chinaEmergencies lists the four national numbers and those that guests know
// from home. Carriers answer 112 and 911 with a recording only, so they are sent
// to the police, whose desk hands over to fire brigade and ambulance. 999 is an
// ambulance service in Beijing and unknown elsewhere: it is sent as 120, which
// exists everywhere.
func chinaEmergencies() []Emergency {
	return []Emergency{
		{Dialled: "110", Send: "110", Service: "police"},
		{Dialled: "119", Send: "119", Service: "fire"},
		{Dialled: "120", Send: "120", Service: "ambulance"},
		{Dialled: "122", Send: "122", Service: "traffic"},
		{Dialled: "112", Send: "110", Service: "police"},
		{Dialled: "911", Send: "110", Service: "police"},
		{Dialled: "999", Send: "120", Service: "ambulance"},
	}
}

// chinaShort are the short numbers, dialled alone or behind an area code.
func chinaShort() []rule {
	return []rule{
		{pattern: "96110", class: ClassService, what: "police anti-fraud line", protected: true},
		{pattern: "12110", class: ClassService, what: "police by text message", textOnly: true},
		{pattern: "12110???", class: ClassService, what: "police by text message", textOnly: true},
		{pattern: "160*", class: ClassPremium, what: "paid information line"},
		{pattern: "168*", class: ClassPremium, what: "paid information line"},
		{pattern: "12590*", class: ClassPremium, what: "paid information line"},
		{pattern: "12596*", class: ClassPremium, what: "paid information line"},
		{pattern: "179*", what: "the hotel does not offer carrier selection"},
		{pattern: "12593*", what: "the hotel does not offer carrier selection"},
		{pattern: "1010????", class: ClassService, what: "customer service line"},
		{pattern: "10???", class: ClassService, what: "carrier's service number"},
		{pattern: "118???", class: ClassService, what: "service number"},
		{pattern: "11???", class: ClassService, what: "service number"},
		{pattern: "12???", class: ClassService, what: "public service number"},
		{pattern: "10?", class: ClassService, what: "service number"},
		{pattern: "11?", class: ClassService, what: "service number"},
		{pattern: "12?", class: ClassService, what: "service number"},
		{pattern: "95???", class: ClassService, what: "nation-wide service number"},
		{pattern: "95????", class: ClassService, what: "nation-wide service number"},
		{pattern: "95??????", class: ClassService, what: "nation-wide service number"},
		{pattern: "96???", class: ClassService, what: "regional service number"},
		{pattern: "96????", class: ClassService, what: "regional service number"},
	}
}

// chinaWhole are the numbers without an area.
func chinaWhole() []rule {
	return []rule{
		{pattern: "400???????", class: ClassShared, what: "400 number", whole: true},
		{pattern: "800???????", class: ClassFree, what: "800 number", whole: true},
		{pattern: "1M?????????", class: ClassMobile, what: "mobile number", whole: true},
	}
}

func chinaDirect() []rule {
	return append(append(chinaShort(), chinaWhole()...),
		rule{pattern: "L???????", class: ClassLocal, what: "local number"},
		rule{pattern: "L??????", class: ClassLocal, what: "local number"},
	)
}

// chinaNational are area codes and what may follow: 10 and 2x have two digits
// and eight-digit numbers, the others three and seven or eight.
func chinaNational() []rule {
	var rules []rule
	for _, area := range []string{"10", "2?", "M??"} {
		for _, r := range chinaShort() {
			r.pattern = area + r.pattern
			if r.class == ClassService {
				r.class = ClassNational
			}
			rules = append(rules, r)
		}
	}
	rules = append(rules, chinaWhole()...)
	for _, p := range []string{"10L???????", "2?L???????", "M??L???????", "M??L??????"} {
		rules = append(rules, rule{pattern: p, class: ClassNational, what: "long distance number"})
	}
	return rules
}

// chinaRegional are Hong Kong, Macau and Taiwan: dialled like abroad, a class of
// their own.
func chinaRegional() []rule {
	return []rule{
		{pattern: "852????????", class: ClassRegional, what: "Hong Kong number"},
		{pattern: "853????????", class: ClassRegional, what: "Macau number"},
		{pattern: "886????????", class: ClassRegional, what: "Taiwan number"},
		{pattern: "886?????????", class: ClassRegional, what: "Taiwan number"},
		{pattern: "852*", what: "Hong Kong numbers have 8 digits"},
		{pattern: "853*", what: "Macau numbers have 8 digits"},
		{pattern: "886*", what: "Taiwan numbers have 8 or 9 digits"},
	}
}

func chinaAreaDigits(national string) int {
	if national != "" && (national[0] == '1' || national[0] == '2') {
		return 2
	}
	return 3
}

func chinaLocalDigits(area string) int {
	if len(area) == 2 {
		return 8
	}
	return 0
}

// abroad are the rules for foreign numbers in general. Satellite networks and
// the global premium rate are where toll fraud goes, so they count as premium.
func abroad() []rule {
	return []rule{
		{pattern: "870*", class: ClassPremium, what: "satellite number"},
		{pattern: "878*", class: ClassPremium, what: "personal global number"},
		{pattern: "881*", class: ClassPremium, what: "satellite number"},
		{pattern: "882*", class: ClassPremium, what: "international network number"},
		{pattern: "883*", class: ClassPremium, what: "international network number"},
		{pattern: "979*", class: ClassPremium, what: "international premium number"},
		{pattern: "1N??N??????", class: ClassInternational, what: "number abroad"},
		{pattern: "1*", what: "numbers of North America have 10 digits behind 1"},
		{pattern: "N??????*", class: ClassInternational, what: "number abroad"},
	}
}
