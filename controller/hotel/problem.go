package hotel

import (
	"fmt"

	"bellhop/controller/kit/fault"
)

// The nouns by which errors name what they are about.
const (
	NounProperty  = "property"
	NounFloor     = "floor"
	NounRoom      = "room"
	NounExtension = "extension"
	NounDevice    = "device"
	NounGroup     = "group"
	NounClass     = "class"
	NounStay      = "stay"
)

// Problem is one rule that one item of the hotel breaks.
type Problem struct {
	Noun  string // one of the nouns
	Key   string // as Set has it; empty for the property
	Field string
	Rule  string
}

// Path names item and field, as "extension 8000, class".
func (p Problem) Path() string {
	if p.Key == "" {
		return p.Noun + ", " + p.Field
	}
	return p.Noun + " " + p.Key + ", " + p.Field
}

func firstOf(problems []Problem) error {
	err := fault.Field(problems[0].Path(), "%s", problems[0].Rule)
	if more := len(problems) - 1; more > 0 {
		err.Message += fmt.Sprintf(" (and %d more)", more)
	}
	return err
}

// checker collects problems.
type checker struct{ problems []Problem }

// item is one thing under check.
type item struct {
	checker   *checker
	noun, key string
}

func (c *checker) item(noun, key string) item { return item{c, noun, key} }

func (it item) fail(field, format string, args ...any) {
	it.checker.problems = append(it.checker.problems,
		Problem{it.noun, it.key, field, fmt.Sprintf(format, args...)})
}

// require reports a problem unless ok.
func (it item) require(ok bool, field, format string, args ...any) {
	if !ok {
		it.fail(field, format, args...)
	}
}

// try reports err as a problem of field.
func (it item) try(field string, err error) {
	if err != nil {
		it.fail(field, "%s", err)
	}
}
