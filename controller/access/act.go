package access

import (
	"encoding/json"
	"fmt"
)

// Act is who does something, from where and why: what the audit trail asks of
// every change.
type Act struct {
	By     Principal
	From   string // address, empty for the controller itself
	Reason string // what the person gave as the reason, may be empty
}

// System is an act of the controller's own.
func System(reason string) Act { return Act{Reason: reason} }

// Row returns the audit row of the act. Before and after are put into JSON; nil
// stays empty.
func (a Act) Row(what, object string, before, after any) Audit {
	return Audit{
		Who: a.By.Who(), Where: a.From, What: what, Object: object, Reason: a.Reason,
		Before: factsOf(before), After: factsOf(after),
	}
}

func factsOf(v any) string {
	if v == nil {
		return ""
	}
	text, err := json.Marshal(v)
	if err != nil { // a type that JSON cannot show: the row must not be lost for it
		text, _ = json.Marshal(fmt.Sprintf("%T cannot be shown", v))
	}
	return string(text)
}
