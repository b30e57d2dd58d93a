package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"bellhop/controller/hotel"
	"bellhop/controller/routing"
	"bellhop/controller/sim/phones"
)

// DemoCarriers are the addresses (host:port) of the demo hotel's two carriers.
type DemoCarriers struct{ Unicom, Telecom string }

// LoadDemo fills an empty database with the demo hotel and returns its phones'
// credentials, which are shown only now; a hotel that exists is left alone.
func (a *App) LoadDemo(ctx context.Context, c DemoCarriers) ([]hotel.Credential, error) {
	if a.House.Directory().Property().Name != "" {
		return nil, nil
	}
	var credentials []hotel.Credential
	_, err := a.House.Do(ctx, func(_ *hotel.Directory, now time.Time) (d hotel.Decision, err error) {
		d.Reason = "demo hotel loaded"
		d.Changes, credentials, err = hotel.DemoHotel(rand.Reader, now)
		return d, err
	})
	if err != nil {
		return nil, fmt.Errorf("demo hotel: %w", err)
	}
	return credentials, a.setCarriers(ctx, c, routing.DemoData(c.Unicom, c.Telecom, time.Now()))
}

// setCarriers loads the demo's routes, or only the carriers' new addresses.
func (a *App) setCarriers(ctx context.Context, c DemoCarriers, data routing.Data) error {
	if len(a.Routing.Table().Trunks()) == 0 {
		_, err := a.Routing.Do(ctx, routing.Load("demo", data))
		return err
	}
	for _, k := range data.Trunks {
		if _, err := a.Routing.Do(ctx, routing.PutTrunk("demo", k)); err != nil {
			return err
		}
	}
	return nil
}

// phoneFile is where the demo's phones find their secrets at the second start.
type phoneFile struct {
	Server string      `json:"server"` // host:port of SIP
	Phones []phoneLine `json:"phones"`
}

type phoneLine struct {
	Number string `json:"number"`
	Label  string `json:"label"`
	User   string `json:"user"`
	Secret string `json:"secret"`
}

func phonesOf(server string, credentials []hotel.Credential) phoneFile {
	f := phoneFile{Server: server}
	for _, c := range credentials {
		if c.Kind == hotel.DeviceSIP {
			f.Phones = append(f.Phones, phoneLine{c.Extension.String(), c.Label, c.Endpoint, c.Secret})
		}
	}
	return f
}

func (f phoneFile) save(path string) error {
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

// readPhones reads a phone file; a missing one has no phones.
func readPhones(path string) (f phoneFile, err error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return f, err
	}
	if err := json.Unmarshal(text, &f); err != nil {
		return f, fmt.Errorf("%s is no phone file: %w", path, err)
	}
	return f, nil
}

// household is the phones of a file, living on their own.
func (f phoneFile) household(perMinute float64) phones.HouseConfig {
	h := phones.HouseConfig{Ring: 3 * time.Second, Talk: 10 * time.Second, CallsPerMinute: perMinute, Operator: "8888"}
	for _, p := range f.Phones {
		h.Phones = append(h.Phones, phones.HousePhone{
			Number: p.Number,
			Config: phones.Config{
				Name: p.Number + " " + p.Label, Server: f.Server, User: p.User, Secret: p.Secret, SparseSilence: true,
			},
		})
	}
	return h
}
