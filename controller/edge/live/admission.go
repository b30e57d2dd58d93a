package live

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bellhop/controller/access"
	"bellhop/controller/kit/fault"
)

// Admission says who may open a socket, and how long it may stay open.
type Admission struct {
	// Authorize returns who asks, by the request's cookie or token. The code of its
	// fault becomes the answer's status.
	Authorize func(*http.Request) (access.Principal, error)

	// Still reports whether login and rights are still what they were when Authorize
	// returned the principal. It is asked every two seconds for each socket, so it
	// must be quick; after the first false the socket is closed.
	Still func(access.Principal) bool

	// Origins are the pages that may open a socket besides those of the request's own
	// host, as "https://desk.hotel.example".
	Origins []string
}

// admit returns who asks and may come in.
func (a Admission) admit(r *http.Request, needs access.Permission) (access.Principal, error) {
	origins := r.Header.Values("Origin")
	if len(origins) > 1 || len(origins) == 1 && !a.allows(origins[0], r.Host) {
		return access.Principal{}, fault.New(fault.Forbidden, "a page of this origin may not open this socket")
	}
	who, err := a.Authorize(r)
	switch {
	case err != nil:
		return access.Principal{}, err
	case len(origins) == 0 && who.Kind != access.KindToken: // a browser always says where it comes from
		return access.Principal{}, fault.New(fault.Forbidden, "a login may open this socket only from a page: the Origin header is missing")
	case needs != "" && !who.Can(needs):
		return access.Principal{}, fault.New(fault.Forbidden, "the permission %q is missing", needs)
	}
	return who, nil
}

// allows reports whether a page of this origin may open a socket at this host.
func (a Admission) allows(origin, host string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	same := func(listed string) bool { return strings.EqualFold(listed, origin) }
	return strings.EqualFold(u.Host, host) || slices.ContainsFunc(a.Origins, same)
}
