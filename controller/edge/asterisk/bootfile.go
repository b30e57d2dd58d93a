package asterisk

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The boot files are the content as Asterisk reads it at its own boot, so that
// phones work while no controller is there. They are also our own memory of
// what we pushed last.
const (
	bootObjects = "pjsip.conf"
	bootGlobals = "globals.conf"
	bootNotice  = "; Written by Bellhop; do not edit: the next change overwrites it.\n"
)

// writeBoot replaces both files, each atomically.
func writeBoot(dir string, c content) error {
	if err := replaceFile(filepath.Join(dir, bootObjects), objectsText(c)); err != nil {
		return err
	}
	return replaceFile(filepath.Join(dir, bootGlobals), globalsText(c))
}

// blankBoot takes the objects out of the file: what a file defines cannot be
// changed over ARI. The variables stay, in case Asterisk dies just now.
func blankBoot(dir string) error {
	return replaceFile(filepath.Join(dir, bootObjects), bootNotice)
}

func objectsText(c content) string {
	var b strings.Builder
	b.WriteString(bootNotice)
	for _, kind := range kinds() {
		for _, key := range c.keys(kind) {
			fmt.Fprintf(&b, "\n[%s]\ntype = %s\n", key.id, key.kind)
			for _, f := range c.objects[key] {
				fmt.Fprintf(&b, "%s = %s\n", f.name, confEscape(f.value))
			}
		}
	}
	return b.String()
}

func globalsText(c content) string {
	var b strings.Builder
	b.WriteString(bootNotice)
	for _, name := range slices.Sorted(maps.Keys(c.globals)) {
		if value := c.globals[name]; value != "" {
			fmt.Fprintf(&b, "%s = %s\n", name, confEscape(value))
		}
	}
	return b.String()
}

// confEscape makes a value one that ends with its line and holds no comment.
func confEscape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, s)
	return strings.ReplaceAll(s, ";", `\;`)
}

// readBoot reads what writeBoot wrote. Missing files are empty content; a line
// that is not ours is skipped, for the digest then differs anyway.
func readBoot(dir string) (content, error) {
	c := content{objects: map[objectKey][]field{}, globals: map[string]string{}}
	var id string
	var key objectKey
	err := eachLine(filepath.Join(dir, bootObjects), func(line string) {
		if inner, ok := strings.CutPrefix(line, "["); ok {
			id, key = strings.TrimSuffix(inner, "]"), objectKey{}
			return
		}
		name, value, _ := strings.Cut(line, " = ")
		if name == "type" {
			key = objectKey{objectKind(value), id}
			c.objects[key] = nil
			return
		}
		if key.id != "" {
			c.objects[key] = append(c.objects[key], field{name, strings.ReplaceAll(value, `\;`, ";")})
		}
	})
	if err != nil {
		return c, err
	}
	return c, eachLine(filepath.Join(dir, bootGlobals), func(line string) {
		if name, value, ok := strings.Cut(line, " = "); ok {
			c.globals[name] = strings.ReplaceAll(value, `\;`, ";")
		}
	})
}

func eachLine(path string, do func(line string)) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("asterisk: boot snapshot: %w", err)
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if line := lines.Text(); line != "" && !strings.HasPrefix(line, ";") {
			do(line)
		}
	}
	return nil
}

// replaceFile writes a file beside path and renames it, readable by the group:
// the folder belongs to Asterisk's.
func replaceFile(path, text string) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("asterisk: boot snapshot: %w", err)
	}
	defer os.Remove(tmp.Name()) // gone when all went well
	_, err = tmp.WriteString(text)
	if err == nil {
		err = tmp.Chmod(0o640)
	}
	if err == nil {
		err = tmp.Sync()
	}
	err = errors.Join(err, tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("asterisk: boot snapshot: %w", err)
	}
	return nil
}
