package asterisk

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"bellhop/controller/kit/fault"
)

const (
	pushWorkers = 8
	changing    = "changing" // BH_PROVISIONED while a push is under way
)

// Provisioner keeps the switch's phones, trunks and book equal to a Plan.
type Provisioner struct {
	rest    *rest
	bootDir string // host path of the folder that Asterisk's configuration includes

	mu    sync.Mutex
	known bool    // have is what the switch holds
	have  content // as pushed last
}

// Report says what a Sync did.
type Report struct {
	Pushed  int // objects and variables written
	Deleted int // objects deleted and variables blanked
	Took    time.Duration
}

// NewProvisioner returns the Provisioner of s. bootDir is the host path of the
// folder with the boot snapshot; "" leaves the snapshot out, so a switch that
// restarts without a controller knows no phones.
func NewProvisioner(s *Switch, bootDir string) *Provisioner {
	return &Provisioner{rest: s.rest, bootDir: bootDir}
}

// Sync makes the switch hold plan and nothing else of ours. Only differences
// travel: to what was pushed last, or, on first contact, to the boot snapshot
// if the switch bears its digest. boot says that the switch was started anew:
// then everything is pushed. A plan that breaks a rule is refused as
// fault.Invalid before anything is changed.
func (p *Provisioner) Sync(ctx context.Context, plan Plan, boot bool) (Report, error) {
	if err := plan.check(); err != nil {
		return Report{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	begin := p.rest.now()
	report, err := p.sync(ctx, contentOf(plan), boot)
	report.Took = p.rest.now().Sub(begin)
	return report, err
}

func (p *Provisioner) sync(ctx context.Context, want content, boot bool) (Report, error) {
	have := p.have
	if boot || !p.known {
		var err error
		if have, err = p.meet(ctx, boot); err != nil {
			return Report{}, err
		}
	}
	p.known = false // until all of it has worked
	if p.have = want; have.equal(want) {
		p.known = true
		return Report{}, nil
	}
	if err := p.rest.setGlobal(ctx, provisionedVar, changing); err != nil {
		return Report{}, err
	}
	report, err := p.push(ctx, have, want)
	if err != nil {
		return report, err
	}
	if p.bootDir != "" {
		if err := writeBoot(p.bootDir, want); err != nil {
			return report, err
		}
	}
	if err := p.rest.setGlobal(ctx, provisionedVar, want.digest()); err != nil {
		return report, err
	}
	p.known = true
	return report, nil
}

// meet finds out what a switch holds that this process has not pushed to yet.
func (p *Provisioner) meet(ctx context.Context, boot bool) (content, error) {
	mark, err := p.rest.global(ctx, provisionedVar)
	if err != nil {
		return content{}, err
	}
	snapshot := content{}
	if p.bootDir != "" {
		if snapshot, err = readBoot(p.bootDir); err != nil {
			return content{}, err
		}
	}
	if !boot && mark != "" && mark == snapshot.digest() {
		return snapshot, nil
	}
	if p.bootDir != "" {
		if err := blankBoot(p.bootDir); err != nil {
			return content{}, err
		}
	}
	reload := command{name: "reload", method: http.MethodPut, path: []string{"asterisk", "modules", "res_pjsip.so"}, limit: 10 * time.Second}
	if err := p.rest.do(ctx, reload, nil); err != nil {
		return content{}, err
	}
	return p.doubtful(ctx, snapshot)
}

// doubtful is what may be left of an earlier push: names without values, so
// that what is not wanted is deleted and everything wanted is written.
func (p *Provisioner) doubtful(ctx context.Context, snapshot content) (content, error) {
	old := content{objects: map[objectKey][]field{}, globals: map[string]string{}}
	for name := range snapshot.globals {
		old.globals[name] = "?"
	}
	for key := range snapshot.objects {
		old.objects[key] = nil
	}
	var endpoints []struct{ Resource string }
	if err := p.rest.do(ctx, command{name: "endpoints", method: http.MethodGet, path: []string{"endpoints", "PJSIP"}}, &endpoints); unlessGone(err) != nil {
		return old, err
	}
	for _, e := range endpoints {
		for _, kind := range []objectKind{"aor", "auth", "endpoint"} {
			old.objects[objectKey{kind, e.Resource}] = nil
		}
	}
	return old, nil
}

// push deletes what is no longer wanted, endpoints first, and writes what is
// new or different, endpoints last.
func (p *Provisioner) push(ctx context.Context, have, want content) (Report, error) {
	var report Report
	for _, kind := range slices.Backward(kinds()) {
		var gone []objectKey
		for _, key := range have.keys(kind) {
			if fields, wanted := want.objects[key]; !wanted || len(have.objects[key]) > 0 && !sameShape(have.objects[key], fields) {
				gone = append(gone, key)
			}
		}
		report.Deleted += len(gone)
		if err := each(ctx, gone, p.delete); err != nil {
			return report, err
		}
	}
	for _, kind := range kinds() {
		var news []objectKey
		for _, key := range want.keys(kind) {
			if !slices.Equal(have.objects[key], want.objects[key]) {
				news = append(news, key)
			}
		}
		report.Pushed += len(news)
		put := func(ctx context.Context, key objectKey) error { return p.put(ctx, key, want.objects[key]) }
		if err := each(ctx, news, put); err != nil {
			return report, err
		}
	}
	pushed, blanked, err := p.pushGlobals(ctx, have.globals, want.globals)
	report.Pushed += pushed
	report.Deleted += blanked
	return report, err
}

func (p *Provisioner) pushGlobals(ctx context.Context, have, want map[string]string) (pushed, blanked int, err error) {
	changes := map[string]string{}
	for name := range have {
		if _, wanted := want[name]; !wanted {
			changes[name] = ""
			blanked++
		}
	}
	for name, value := range want {
		if have[name] != value {
			changes[name] = value
			pushed++
		}
	}
	set := func(ctx context.Context, name string) error { return p.rest.setGlobal(ctx, name, changes[name]) }
	return pushed, blanked, each(ctx, slices.Sorted(maps.Keys(changes)), set)
}

// sameShape reports whether b overwrites all of a: a PUT leaves the attributes
// that it does not name as they are, webrtc sets others on its own, and contact
// and match are added to those that are there.
func sameShape(a, b []field) bool {
	whole := []string{"webrtc", "contact", "match"}
	return slices.EqualFunc(a, b, func(x, y field) bool {
		return x.name == y.name && (x.value == y.value || !slices.Contains(whole, x.name))
	})
}

// each runs do for every item, a few at a time, until the first error.
func each[T any](ctx context.Context, items []T, do func(context.Context, T) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(pushWorkers)
	for _, item := range items {
		group.Go(func() error { return do(ctx, item) })
	}
	return group.Wait()
}

func (p *Provisioner) put(ctx context.Context, key objectKey, fields []field) error {
	attributes := make([]map[string]string, 0, len(fields))
	for _, f := range fields {
		attributes = append(attributes, map[string]string{"attribute": f.name, "value": f.value})
	}
	err := p.rest.do(ctx, command{
		name: "put", method: http.MethodPut, path: objectPath(key), body: map[string]any{"fields": attributes},
	}, nil)
	return wrapObject(err, "write", key)
}

func (p *Provisioner) delete(ctx context.Context, key objectKey) error {
	err := p.rest.do(ctx, command{name: "delete", method: http.MethodDelete, path: objectPath(key)}, nil)
	return wrapObject(unlessGone(err), "delete", key)
}

func objectPath(key objectKey) []string {
	return []string{"asterisk", "config", "dynamic", "res_pjsip", string(key.kind), key.id}
}

func wrapObject(err error, what string, key objectKey) error {
	return fault.Wrap(err, fault.CodeOf(err), "%s", fmt.Sprintf("%s %s %s", what, key.kind, key.id))
}
