package store

import (
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"bellhop/controller/calls"
)

// A search that names few calls goes through its index, also before anyone has
// gathered statistics.
func TestSearchesUseTheirIndex(t *testing.T) {
	s := open(t, sqliteSettings(t))
	for index, f := range map[string]calls.Filter{
		"calls_started": {From: day, To: day.Add(time.Hour)}, "calls_open": {Open: true}, "calls_monitored": {Monitored: true},
		"calls_emergency": {Emergency: true}, "calls_from_extension": {Extension: "1101"}, "calls_to_extension": {Extension: "1101"},
		"calls_from_room": {Room: "1101"}, "calls_to_room": {Room: "1101"}, "calls_trunk": {Trunk: "telecom"},
	} {
		query := s.read.orm.ToSQL(func(tx *gorm.DB) *gorm.DB {
			tx, err := where(tx.Model(&recordRow{}), f)
			ok(t, err)
			return tx.Order("started DESC, id DESC").Limit(100).Find(&[]recordRow{})
		})
		var plan []struct{ Detail string }
		ok(t, s.read.orm.WithContext(t.Context()).Raw("EXPLAIN QUERY PLAN "+query).Scan(&plan).Error)
		var all strings.Builder
		for _, p := range plan {
			all.WriteString(p.Detail + "\n")
		}
		if !strings.Contains(all.String(), index) {
			t.Errorf("%s is not used:\n%s", index, all.String())
		}
	}
}
