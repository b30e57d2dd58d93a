package app

import "strings"

// nearest returns the candidate that name was probably meant to be: a few slips
// away, or the same last word in another section; "" when there is none.
func nearest(name string, candidates []string) string {
	best, least := "", len(name)/4+2
	if len(name) > 2*maxKey {
		return ""
	}
	for _, c := range candidates {
		if d := slips(strings.ToLower(name), strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	if best != "" {
		return best
	}
	for _, c := range candidates {
		if name == c[strings.LastIndexByte(c, '.')+1:] {
			return c
		}
	}
	return ""
}

// maxKey is longer than any key, in bytes.
const maxKey = 40

// slips counts the insertions, deletions and replacements of bytes that turn a
// into b (Levenshtein).
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
