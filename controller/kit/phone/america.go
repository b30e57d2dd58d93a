package phone

import "strings"

// america is the North American Numbering Plan seen from the United States.
func america() Country {
	return Country{
		Code: "US", CallingCode: "1", International: "011", Trunk: "1",
		emergencies: americaEmergencies(),
		direct:      americaDirect(),
		national:    americaWhole(),
		abroad:      abroad(),
		areaDigits:  func(string) int { return 3 },
		localDigits: func(string) int { return 7 },
	}
}

// americaEmergencies: 911, the test number 933 that reads the caller's address
// back, and the numbers that foreign guests know from home.
func americaEmergencies() []Emergency {
	return []Emergency{
		{Dialled: "911", Send: "911", Service: "all"},
		{Dialled: "933", Send: "933", Service: "test", Test: true},
		{Dialled: "112", Send: "911", Service: "all"},
		{Dialled: "999", Send: "911", Service: "all"},
	}
}

func americaDirect() []rule {
	rules := []rule{{pattern: "988", class: ClassService, what: "crisis line", protected: true}}
	for _, n := range strings.Fields("211 311 411 511 611 711 811") {
		rules = append(rules, rule{pattern: n, class: ClassService, what: "service number"})
	}
	rules = append(rules,
		rule{pattern: "976????", class: ClassPremium, what: "paid information line"},
		rule{pattern: "N??????", class: ClassLocal, what: "local number"})
	return append(rules, americaWhole()...)
}

// americaWhole are the ten-digit numbers. Other countries of the plan are not
// "national": Canada is a neighbour, the Caribbean is abroad and costs so.
func americaWhole() []rule {
	rules := []rule{
		{pattern: "900???????", class: ClassPremium, what: "900 number"},
		{pattern: "N??976????", class: ClassPremium, what: "paid information line"},
	}
	add := func(areas string, class Class, what string) {
		for _, a := range strings.Fields(areas) {
			rules = append(rules, rule{pattern: a + "N??????", class: class, what: what, whole: true})
		}
	}
	add("800 833 844 855 866 877 888", ClassFree, "toll-free number")
	add("204 226 236 249 250 257 263 289 306 343 354 365 367 368 382 387 403 416 418 428 431 437 "+
		"438 450 460 468 474 506 514 519 548 579 581 584 587 604 613 639 647 672 683 705 709 742 "+
		"753 778 780 782 807 819 825 867 873 879 902 905 942", ClassRegional, "Canadian number")
	add("242 246 264 268 284 345 441 473 649 658 664 721 758 767 784 809 829 849 868 869 876",
		ClassInternational, "Caribbean number")
	return append(rules, rule{pattern: "N??N??????", class: ClassNational, what: "long distance number", whole: true})
}
