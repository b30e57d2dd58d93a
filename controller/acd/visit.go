package acd

import "time"

// Visit is one stay of one call in one queue: the raw row that every figure is
// computed from. Open while Left is zero.
type Visit struct {
	ID      string
	Call    string
	Queue   string
	Number  string // the caller's
	Name    string
	Room    string
	VIP     int
	Entered time.Time
	Left    time.Time
	How     Leaving
	Account string        // who answered
	Offers  int           // seats that were rung
	Talk    time.Duration // with the desk
	Hold    time.Duration
	WrapUp  time.Duration
	// Transferred says that the desk passed the answered call on.
	Transferred bool
	// Outcome and Note are what was done about an abandoned call.
	Outcome string // "", called_back, no_answer, not_needed
	Note    string
	By      string // account that did it
}

// Leaving is how a visit ended.
type Leaving string

// How a visit ends.
const (
	Answered  Leaving = "answered"
	Abandoned Leaving = "abandoned" // 呼损
	Flowed    Leaving = "overflow"  // went elsewhere unanswered
	Resumed   Leaving = "resumed"   // rang again within Queue.Resume: counted there
	Lost      Leaving = "lost"      // the switch died
)

// Span is a time that an agent spent in one state. Open while End is zero.
type Span struct {
	ID      string
	Account string
	State   WorkState
	Reason  string
	Begin   time.Time
	End     time.Time
	Forced  string // account that forced it
}

// Formula names a way to compute a service level; its text is printed beside the
// figure (features: SL-1 … SL-6).
type Formula string

// The formulas, of answered within the target (at), answered (a), abandoned (b),
// short abandons (s), abandoned after the target (bt), overflowed (f).
const (
	FormulaDefault   Formula = "at/(a+b-s)"
	FormulaStrict    Formula = "at/(a+b)"
	FormulaOffered   Formula = "at/(a+b+f)"
	FormulaThreshold Formula = "at/(a+bt)"
	FormulaAnswered  Formula = "at/a"
	FormulaLenient   Formula = "(at+b-bt)/(a+b)"
)

// VisitFilter selects visits: all set fields must match.
type VisitFilter struct {
	From, To time.Time // Entered in [From, To)
	Queue    string
	Account  string
	How      Leaving
	Number   string
	Open     bool   // only visits that have not left
	After    string // cursor
	Limit    int
}
