package store

import (
	"reflect"
	"strings"
	"time"

	"pgregory.net/rapid"

	"bellhop/controller/kit/phone"
)

// fill returns a T with every field set, however deep, to something that is not
// its zero value: a field that a row forgets comes back empty and is noticed.
func fill[T any](t *rapid.T, label string) T {
	var v T
	fillValue(t, label, reflect.ValueOf(&v).Elem())
	return v
}

// fillAll returns one to four Ts; rename gives each its own key.
func fillAll[T any](t *rapid.T, label string, rename func(v *T, i int)) []T {
	vs := make([]T, rapid.IntRange(1, 4).Draw(t, "count of "+label))
	for i := range vs {
		vs[i] = fill[T](t, label)
		rename(&vs[i], i)
	}
	return vs
}

func fillValue(t *rapid.T, label string, v reflect.Value) {
	switch v.Interface().(type) {
	case time.Time:
		at := rapid.Int64Range(1, 4e15).Draw(t, label) // µs, until 2096
		v.Set(reflect.ValueOf(time.UnixMicro(at).UTC()))
		return
	case time.Duration:
		v.SetInt(rapid.Int64Range(1, 9e15).Draw(t, label) / 1000 * 1000)
		if v.Int() == 0 {
			v.SetInt(1000)
		}
		return
	case phone.Number:
		v.Set(reflect.ValueOf(phone.MustParse(rapid.StringMatching(`[0-9*#]{1,20}|\+[0-9]{1,19}`).Draw(t, label))))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text().Draw(t, label))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64Range(1, 1<<53).Draw(t, label))
	case reflect.Float64:
		v.SetFloat(rapid.Float64Range(0.001, 1).Draw(t, label))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range rapid.IntRange(1, 3).Draw(t, label) {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			fillValue(t, label+".key", key)
			fillValue(t, label+".value", value)
			v.SetMapIndex(key, value)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rapid.IntRange(1, 3).Draw(t, label), 3))
		for i := range v.Len() {
			fillValue(t, label, v.Index(i))
		}
	case reflect.Struct:
		for f, field := range v.Fields() {
			fillValue(t, label+"."+f.Name, field)
		}
	default:
		t.Fatalf("%s: fill does not know how to make a %s: teach it", label, v.Type())
	}
}

// text is what people and attackers type.
func text() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"酒店总机 张三", "'; DROP TABLE calls; --", `"\''"`, "100%_!", "?", "$1", "@name", "<b>&amp;", "  ", "\t\n",
			"👩‍👩‍👧 ﷽", "null", strings.Repeat("长", 1365), strings.Repeat("4 KB", 1024),
		}),
		rapid.StringMatching(`[a-zA-Z0-9 _.:@/-]{1,12}`),
	)
}
