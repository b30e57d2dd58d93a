package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// The size of things is a smell, not a law; these are where it becomes a fault.
const (
	maxFile     = 500
	maxFunction = 80
)

// TestSourceKeepsTheRules reads every file of the controller: no init, no panic
// or os.Exit outside main, no time.Sleep, no clock but the injected one.
func TestSourceKeepsTheRules(t *testing.T) {
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.Contains(file, ".gen.") {
			return err
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s := &source{t: t, set: set, file: file, test: strings.HasSuffix(file, "_test.go")}
		s.check(f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

type source struct {
	t    *testing.T
	set  *token.FileSet
	file string
	test bool
}

func (s *source) check(f *ast.File) {
	if lines := s.set.Position(f.End()).Line; lines > maxFile && !s.test {
		s.t.Errorf("%s has %d lines, more than %d: split it by noun", s.file, lines, maxFile)
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		at := s.set.Position(fn.Pos())
		if n := s.set.Position(fn.End()).Line - at.Line + 1; n > maxFunction && !s.test {
			s.t.Errorf("%s: %s has %d lines, more than %d", at, fn.Name.Name, n, maxFunction)
		}
		if fn.Name.Name == "init" && fn.Recv == nil {
			s.t.Errorf("%s: no init(): say in main what happens", at)
		}
	}
	ast.Inspect(f, s.call)
}

// clocks may be read at the edges, where sockets need deadlines, and in the wiring.
func (s *source) mayReadClock() bool {
	return s.test || strings.HasPrefix(s.file, "kit/clock/") || strings.HasPrefix(s.file, "app/") ||
		strings.HasPrefix(s.file, "edge/") || strings.HasPrefix(s.file, "sim/") || strings.HasPrefix(s.file, "calls/switchtest/")
}

func (s *source) call(n ast.Node) bool {
	c, ok := n.(*ast.CallExpr)
	if !ok {
		return true
	}
	at := s.set.Position(c.Pos())
	switch name := calledName(c.Fun); {
	case name == "panic" && !s.test && !strings.HasSuffix(s.file, "kit/phone/number.go"):
		s.t.Errorf("%s: no panic: return an error", at)
	case name == "os.Exit" && s.file != "main.go" && !s.test:
		s.t.Errorf("%s: only main ends the process", at)
	case name == "time.Sleep" && !strings.HasPrefix(s.file, "calls/") && !s.insideBubble():
		s.t.Errorf("%s: no time.Sleep: wait for what you wait for", at)
	case name == "time.Now" && !s.mayReadClock():
		s.t.Errorf("%s: take the clock from the caller", at)
	}
	return true
}

// insideBubble reports whether the file's tests run on synctest's clock, where
// Sleep costs nothing and hides no race.
func (s *source) insideBubble() bool {
	f, err := parser.ParseFile(token.NewFileSet(), s.file, nil, parser.ImportsOnly)
	if err != nil || !s.test {
		return false
	}
	for _, i := range f.Imports {
		if i.Path.Value == `"testing/synctest"` {
			return true
		}
	}
	return false
}

func calledName(fun ast.Expr) string {
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok {
			return x.Name + "." + f.Sel.Name
		}
	}
	return ""
}
