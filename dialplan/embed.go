// Package dialplan holds the Asterisk configuration as Bellhop ships it and writes it out
// for one switch: every file below asterisk/ is a text/template over Settings.
package dialplan

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"text/template"
)

//go:embed asterisk/*.conf
var files embed.FS

// BootFolder is the folder inside the configuration directory into which the controller
// writes its snapshot (pjsip.conf and globals.conf), read by Asterisk at boot.
const BootFolder = "boot"

// Render writes the complete configuration of one switch into dir and creates the boot
// folder if it is missing; a snapshot that is already there is left alone. Every file is
// replaced atomically. It returns an error that names the setting that is wrong.
func Render(dir string, s Settings) error {
	s = s.withDefaults()
	if err := s.check(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, BootFolder), 0o750); err != nil {
		return fmt.Errorf("dialplan: create the configuration directory: %w", err)
	}
	names, err := fs.Glob(files, "asterisk/*.conf")
	if err != nil {
		return fmt.Errorf("dialplan: list the embedded files: %w", err)
	}
	for _, name := range names {
		if err := renderFile(filepath.Join(dir, filepath.Base(name)), name, s); err != nil {
			return err
		}
	}
	return nil
}

// renderFile writes one template to path by way of a temporary file beside it.
func renderFile(path, name string, s Settings) error {
	t, err := template.New(filepath.Base(name)).Option("missingkey=error").ParseFS(files, name)
	if err != nil {
		return fmt.Errorf("dialplan: parse %s: %w", name, err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return fmt.Errorf("dialplan: write %s: %w", path, err)
	}
	defer os.Remove(tmp.Name()) // already renamed when all went well
	err = t.Execute(tmp, s)
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o640) // the ARI password is in here
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("dialplan: write %s: %w", path, err)
	}
	return nil
}
