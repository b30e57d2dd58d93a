package rest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bellhop/controller/acd"
	"bellhop/controller/edge/rest/gen"
)

// words says things in one of the two languages.
type words struct{ chinese bool }

func (w words) say(en, zh string) string {
	if w.chinese {
		return zh
	}
	return en
}

// column is a column of a table of Ts.
type column[T any] struct {
	en, zh string
	cell   func(T) any
}

func headings[T any](w words, columns []column[T]) []any {
	return each(columns, func(c column[T]) any { return w.say(c.en, c.zh) })
}

func cells[T any](columns []column[T], of T) []any {
	return each(columns, func(c column[T]) any { return c.cell(of) })
}

func fillTable[T any](f spreadsheet, w words, columns []column[T], items []T) error {
	if err := f.row(headings(w, columns)); err != nil {
		return err
	}
	for _, item := range items {
		if err := f.row(cells(columns, item)); err != nil {
			return err
		}
	}
	return nil
}

// line is a line of the desk's report: an interval, or all of them.
type line struct {
	kind string
	acd.Interval
}

// fillDesk writes the intervals and, as the last line, the total.
func fillDesk(f spreadsheet, w words, p period, total acd.Figures, intervals []acd.Interval) error {
	lines := each(intervals, func(i acd.Interval) line { return line{w.say("interval", "时段"), i} })
	lines = append(lines, line{w.say("total", "合计"), acd.Interval{From: p.from, To: p.to, Figures: total}})
	columns := []column[line]{
		{"line", "行", func(l line) any { return l.kind }},
		{"from", "开始", func(l line) any { return l.From }},
		{"to", "结束", func(l line) any { return l.To }},
	}
	return fillTable(f, w, append(columns, figureColumns(p, func(l line) acd.Figures { return l.Figures })...), lines)
}

// figureColumns are the figures, with the formula and the target that they were
// computed by.
func figureColumns[T any](p period, of func(T) acd.Figures) []column[T] {
	show := func(pick func(gen.Figures) any) func(T) any {
		return func(t T) any { return pick(toFigures(of(t), p.target)) }
	}
	target := fmt.Sprintf("%g%% / %ds", p.target.Share*100, seconds(p.target.Within))
	return []column[T]{
		{"offered", "呼入", show(func(f gen.Figures) any { return f.Offered })},
		{"answered", "接听", show(func(f gen.Figures) any { return f.Answered })},
		{"answered in target", "达标接听", show(func(f gen.Figures) any { return f.AnsweredInTarget })},
		{"answered in 10 s", "10秒内接听", show(func(f gen.Figures) any { return f.AnsweredIn10 })},
		{"answered in 20 s", "20秒内接听", show(func(f gen.Figures) any { return f.AnsweredIn20 })},
		{"abandoned", "呼损", show(func(f gen.Figures) any { return f.Abandoned })},
		{"short abandoned", "短时放弃", show(func(f gen.Figures) any { return f.ShortAbandoned })},
		{"overflowed", "溢出", show(func(f gen.Figures) any { return f.Overflowed })},
		{"transferred", "转接", show(func(f gen.Figures) any { return f.Transfers })},
		{"service level", "服务水平", show(func(f gen.Figures) any { return f.ServiceLevel })},
		{"answer rate", "接通率", show(func(f gen.Figures) any { return f.AnswerRate })},
		{"abandon rate", "呼损率", show(func(f gen.Figures) any { return f.AbandonRate })},
		{"abandoned / offered", "呼损/呼入", show(func(f gen.Figures) any { return f.RawAbandonRate })},
		{"average wait (s)", "平均等待(秒)", show(func(f gen.Figures) any { return f.AsaSeconds })},
		{"median wait (s)", "等待中位数(秒)", show(func(f gen.Figures) any { return f.MedianWaitSeconds })},
		{"95th percentile wait (s)", "等待95百分位(秒)", show(func(f gen.Figures) any { return f.P95WaitSeconds })},
		{"longest wait (s)", "最长等待(秒)", show(func(f gen.Figures) any { return f.LongestWaitSeconds })},
		{"average handling (s)", "平均处理(秒)", show(func(f gen.Figures) any { return f.AhtSeconds })},
		{"talk (s)", "通话(秒)", show(func(f gen.Figures) any { return f.TalkSeconds })},
		{"hold (s)", "保持(秒)", show(func(f gen.Figures) any { return f.HoldSeconds })},
		{"wrap-up (s)", "话后(秒)", show(func(f gen.Figures) any { return f.WrapUpSeconds })},
		{"target", "目标", func(T) any { return target }},
		{"service level formula", "服务水平公式", func(T) any { return p.target.Formula.Text(p.target) }},
	}
}

func agentColumns(w words, p period) []column[agentWork] {
	spent := func(pick func(acd.Times) time.Duration) func(agentWork) any {
		return func(a agentWork) any { return seconds(pick(a.times)) }
	}
	columns := []column[agentWork]{
		{"account", "账号", func(a agentWork) any { return a.account }},
		{"name", "姓名", func(a agentWork) any { return a.name }},
		{"signed on (s)", "签入(秒)", spent(func(t acd.Times) time.Duration { return t.LoggedIn })},
		{"ready (s)", "示闲(秒)", spent(func(t acd.Times) time.Duration { return t.Ready })},
		{"ringing (s)", "振铃(秒)", spent(func(t acd.Times) time.Duration { return t.Ringing })},
		{"talking (s)", "通话状态(秒)", spent(func(t acd.Times) time.Duration { return t.Talking })},
		{"holding (s)", "保持状态(秒)", spent(func(t acd.Times) time.Duration { return t.Holding })},
		{"wrapping up (s)", "话后状态(秒)", spent(func(t acd.Times) time.Duration { return t.WrapUp })},
		{"other calls (s)", "其他通话(秒)", spent(func(t acd.Times) time.Duration { return t.BusyOther })},
		{"paused (s)", "示忙(秒)", spent(func(t acd.Times) time.Duration { return t.Paused })},
		{"not responding (s)", "无应答(秒)", spent(func(t acd.Times) time.Duration { return t.NotResponding })},
		{"offline (s)", "离线(秒)", spent(func(t acd.Times) time.Duration { return t.Offline })},
		{"occupancy", "占用率", func(a agentWork) any { return share(a.times.Occupancy()) }},
		{"pauses (s)", "示忙原因(秒)", func(a agentWork) any { return pauseText(w, a.times) }},
	}
	return append(columns, figureColumns(p, func(a agentWork) acd.Figures { return a.figures })...)
}

// pauseText lists pauses by reason: lunch 1800; — 60.
func pauseText(w words, t acd.Times) string {
	var parts []string
	for _, reason := range slices.Sorted(maps.Keys(t.PausedFor)) {
		shown := reason
		if shown == "" {
			shown = w.say("no reason", "无原因")
		}
		parts = append(parts, fmt.Sprintf("%s %d", shown, seconds(t.PausedFor[reason])))
	}
	return strings.Join(parts, "; ")
}

func visitColumns(w words, names map[string]string) []column[acd.Visit] {
	name := func(account string) string {
		if names[account] != "" {
			return names[account]
		}
		return account
	}
	return []column[acd.Visit]{
		{"id", "编号", func(v acd.Visit) any { return v.ID }},
		{"call", "通话", func(v acd.Visit) any { return v.Call }},
		{"queue", "队列", func(v acd.Visit) any { return v.Queue }},
		{"entered", "进入", func(v acd.Visit) any { return v.Entered }},
		{"left", "离开", func(v acd.Visit) any { return v.Left }},
		{"ended as", "结果", func(v acd.Visit) any { return leavingText(w, v.How) }},
		{"wait (s)", "等待(秒)", func(v acd.Visit) any { return seconds(v.Wait()) }},
		{"number", "号码", func(v acd.Visit) any { return v.Number }},
		{"name", "姓名", func(v acd.Visit) any { return v.Name }},
		{"room", "房间", func(v acd.Visit) any { return v.Room }},
		{"VIP", "贵宾", func(v acd.Visit) any { return v.VIP }},
		{"answered by", "坐席", func(v acd.Visit) any { return name(v.Account) }},
		{"offers", "派线次数", func(v acd.Visit) any { return v.Offers }},
		{"talk (s)", "通话(秒)", func(v acd.Visit) any { return seconds(v.Talk) }},
		{"hold (s)", "保持(秒)", func(v acd.Visit) any { return seconds(v.Hold) }},
		{"wrap-up (s)", "话后(秒)", func(v acd.Visit) any { return seconds(v.WrapUp) }},
		{"transferred", "已转接", func(v acd.Visit) any { return yes(w, v.Transferred) }},
		{"outcome", "处理", func(v acd.Visit) any { return outcomeText(w, v.Outcome) }},
		{"note", "备注", func(v acd.Visit) any { return v.Note }},
		{"done by", "处理人", func(v acd.Visit) any { return name(v.By) }},
	}
}

func yes(w words, is bool) string {
	if is {
		return w.say("yes", "是")
	}
	return w.say("no", "否")
}

func leavingText(w words, how acd.Leaving) string {
	switch how {
	case acd.Answered:
		return w.say("answered", "接听")
	case acd.Abandoned:
		return w.say("abandoned", "呼损")
	case acd.Flowed:
		return w.say("overflow", "溢出")
	case acd.Resumed:
		return w.say("resumed", "续排")
	case acd.Lost:
		return w.say("lost", "中断")
	}
	return w.say("waiting", "等待中")
}

func outcomeText(w words, outcome string) string {
	switch outcome {
	case acd.OutcomeCalledBack:
		return w.say("called back", "已回拨")
	case acd.OutcomeNoAnswer:
		return w.say("no answer", "回拨无人接")
	case acd.OutcomeNotNeeded:
		return w.say("not needed", "无需处理")
	}
	return outcome
}
