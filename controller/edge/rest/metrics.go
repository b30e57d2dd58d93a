package rest

import (
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Figures are read when /metrics is asked; each must be quick. A nil one is not shown.
type Figures struct {
	CallsLive       func() int
	CallsEnded      func() map[string]int // since start, by outcome
	SwitchConnected func() bool
	EventQueue      func() int            // events of the switch that wait to be handled
	Events          func() map[string]int // since start, by type
	Commands        func() []Command      // to the switch, since start
	RecordsWaiting  func() int            // call records that are not in the database yet
	PhonesOnline    func() int            // phones and trunks that the switch can reach
	CallersWaiting  func() map[string]int // by queue
	SeatsByState    func() map[string]int // signed-on agents
	Screens         func() int            // pages on the live feed
	ScreensDropped  func() int            // since start, for being too slow
}

// Command is what is known of one kind of command to the switch.
type Command struct {
	Name   string
	Count  int
	Errors map[string]int // by fault code
	Total  time.Duration
	Under  map[time.Duration]int // how many took at most that long
}

// Metrics are our figures for Prometheus, in a registry of their own.
type Metrics struct {
	registry *prometheus.Registry
	handler  http.Handler
	requests *prometheus.HistogramVec
}

// NewMetrics returns the figures of the process, of HTTP, and those of f.
func NewMetrics(f Figures) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: histogram("http_request_seconds", "Requests by route and status.", "method", "route", "code"),
	}
	m.registry.MustRegister(m.requests, figures{f},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
	return m
}

func histogram(name, help string, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: "bellhop", Name: name, Help: help,
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
	}, labels)
}

// request counts an HTTP request; without metrics it does nothing.
func (m *Metrics) request(method, route string, status int, took time.Duration) {
	if m == nil {
		return
	}
	if route == "" {
		route = "none" // unknown paths share one line
	}
	m.requests.WithLabelValues(printableMethod(method), route, fmt.Sprint(status)).Observe(took.Seconds())
}

func (m *Metrics) serve(c *gin.Context) { m.handler.ServeHTTP(c.Writer, c.Request) }

// figures collects Figures when asked.
type figures struct{ Figures }

func desc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("bellhop_"+name, help, labels, nil)
}

// Describe names no figures: which there are depends on Figures.
func (f figures) Describe(chan<- *prometheus.Desc) {}

// Collect reads the figures.
func (f figures) Collect(to chan<- prometheus.Metric) {
	gauge := func(name, help string, v float64) {
		to <- prometheus.MustNewConstMetric(desc(name, help), prometheus.GaugeValue, v)
	}
	counters := func(name, help, label string, by map[string]int) {
		for value, n := range by {
			to <- prometheus.MustNewConstMetric(desc(name, help, label), prometheus.CounterValue, float64(n), value)
		}
	}
	if f.CallsLive != nil {
		gauge("calls_live", "Calls under way.", float64(f.CallsLive()))
	}
	if f.SwitchConnected != nil {
		connected := 0.0
		if f.SwitchConnected() {
			connected = 1
		}
		gauge("switch_connected", "1 while the switch is connected.", connected)
	}
	if f.EventQueue != nil {
		gauge("event_queue", "Events of the switch that wait.", float64(f.EventQueue()))
	}
	if f.CallsEnded != nil {
		counters("calls_ended_total", "Calls ended, by outcome.", "outcome", f.CallsEnded())
	}
	if f.Events != nil {
		counters("events_total", "Events of the switch by type.", "type", f.Events())
	}
	if f.RecordsWaiting != nil {
		gauge("records_waiting", "Call records that are not in the database yet.", float64(f.RecordsWaiting()))
	}
	if f.PhonesOnline != nil {
		gauge("phones_online", "Phones and trunks that the switch can reach.", float64(f.PhonesOnline()))
	}
	if f.Commands != nil {
		f.commands(to)
	}
	f.desk(to)
}

// desk shows how the switchboard and its screens are.
func (f figures) desk(to chan<- prometheus.Metric) {
	by := func(name, help, label string, count func() map[string]int) {
		if count == nil {
			return
		}
		for value, n := range count() {
			to <- prometheus.MustNewConstMetric(desc(name, help, label), prometheus.GaugeValue, float64(n), value)
		}
	}
	by("callers_waiting", "Callers who wait, by queue.", "queue", f.CallersWaiting)
	by("seats", "Signed-on agents, by state.", "state", f.SeatsByState)
	if f.Screens != nil {
		to <- prometheus.MustNewConstMetric(desc("screens", "Pages on the live feed."), prometheus.GaugeValue, float64(f.Screens()))
	}
	if f.ScreensDropped != nil {
		to <- prometheus.MustNewConstMetric(desc("screens_dropped_total", "Pages dropped for being too slow."),
			prometheus.CounterValue, float64(f.ScreensDropped()))
	}
}

// commands shows how long the commands to the switch took and how they failed.
func (f figures) commands(to chan<- prometheus.Metric) {
	took := desc("switch_command_seconds", "Commands to the switch.", "command")
	failed := desc("switch_command_errors_total", "Commands to the switch that failed.", "command", "code")
	for _, c := range f.Commands() {
		under := map[float64]uint64{}
		for bound, n := range c.Under {
			under[bound.Seconds()] = uint64(n)
		}
		to <- prometheus.MustNewConstHistogram(took, uint64(c.Count), c.Total.Seconds(), under, c.Name)
		for code, n := range c.Errors {
			to <- prometheus.MustNewConstMetric(failed, prometheus.CounterValue, float64(n), c.Name, code)
		}
	}
}
