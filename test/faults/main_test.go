package faults_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"bellhop/test/house"
)

// TestMain lets more tests run at once than there are cores: they mostly wait.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "4"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	code := m.Run()
	house.Sweep()
	os.Exit(code)
}
