package phones

import "testing"

func TestQ850(t *testing.T) {
	for reason, want := range map[string]int{
		"Q.850;cause=17":                                 17,
		`q.850 ; cause=34 ; text="No circuits"`:          34,
		`SIP;cause=200;text="Elsewhere", Q.850;cause=26`: 26,
		"SIP;cause=487":                                  0,
		"Q.850":                                          0,
		"Q.850;cause=x":                                  0,
		"Q.850;cause=999":                                0,
		"Q.850;cause=-1":                                 0,
		"":                                               0,
	} {
		if got := q850(reason); got != want {
			t.Errorf("%q: cause %d, want %d", reason, got, want)
		}
	}
}
