package routing

// patterns finds the listed patterns that match a number: a tree of digits in
// which ? is a branch of its own.
type patterns struct {
	next map[byte]*patterns
	here []hit // patterns that end here
	rest []hit // patterns with * here
}

// put adds an entry under its pattern, which must be valid.
func (p *patterns) put(e *Screening) {
	h := hit{Screening: e, weight: weight(e.Pattern)}
	for i := range len(e.Pattern) {
		c := e.Pattern[i]
		if c == '*' {
			p.rest = append(p.rest, h)
			return
		}
		if p.next == nil {
			p.next = map[byte]*patterns{}
		}
		if p.next[c] == nil {
			p.next[c] = &patterns{}
		}
		p = p.next[c]
	}
	p.here = append(p.here, h)
}

// find appends the entries that match digits from position at on.
func (p *patterns) find(digits string, at int, found []hit) []hit {
	found = append(found, p.rest...)
	if at == len(digits) {
		return append(found, p.here...)
	}
	if n := p.next[digits[at]]; n != nil {
		found = n.find(digits, at+1, found)
	}
	if n := p.next['?']; n != nil && digits[at] >= '0' && digits[at] <= '9' {
		found = n.find(digits, at+1, found)
	}
	return found
}

// weight says how narrow a pattern is: each digit it names counts, and an end.
func weight(pattern string) int {
	w := 1
	for i := range len(pattern) {
		switch pattern[i] {
		case '?':
		case '*':
			w--
		default:
			w += 2
		}
	}
	return w
}
