/** The reports in the words of the trade. */
export const zh = {
  tab: { desk: "话务台指标", agents: "话务员", visits: "呼损与排队" },
  period: "统计时段", interval: "时段", queue: "队列", allQueues: "全部队列", more: "显示更多", formula: "公式", goal: "目标 {{goal}}%", signedOn: "签入时长", occupancy: "占用率", pauses: "示忙原因", noReason: "未注明",
  formulaText: "{{name}} = {{formula}}",
  preset: { today: "今天", yesterday: "昨天", week: "近 7 天", month: "本月" },
  every: { 15: "每 15 分钟", 30: "每 30 分钟", 60: "每小时", 1440: "每天" },
  chart: { calls: "各时段来电", level: "各时段服务水平" },
  figure: {
    offered: "来电", answered: "接听", answer_rate: "接通率", service_level: "服务水平", answered_in_10: "10 秒内接听", answered_in_20: "20 秒内接听", asa: "平均应答时长", median: "应答中位数", p95: "95% 应答时长", longest: "最长等待",
    talk: "通话总时长", aht: "平均处理时长", abandoned: "呼损", overflowed: "溢出", transfers: "转接",
  },
  formulaOf: {
    offered: "接听 + 呼损 + 溢出", answer_rate: "接听 ÷ 来电", answered_in_10: "10 秒内接听数（占接听的比例）", answered_in_20: "20 秒内接听数（占接听的比例）", asa: "已接来电等待之和 ÷ 接听", median: "一半已接来电的等待不超过此值", p95: "95% 已接来电的等待不超过此值",
    longest: "接听、呼损与溢出中最长的等待", talk: "已接来电通话时长之和", aht: "（通话 + 保持 + 事后处理）÷ 接听", abandoned: "呼损数（呼损率 =（呼损 − 短呼损）÷（来电 − 短呼损））", transfers: "已转接的来电（占接听的比例）", occupancy: "（通话 + 保持 + 事后处理）÷（通话 + 保持 + 事后处理 + 示闲）",
  },
  how: { answered: "接听", abandoned: "呼损", overflow: "溢出", resumed: "重拨续排", lost: "系统中断" },
  outcome: { open: "未处理", called_back: "已回拨", no_answer: "回拨无人接听", not_needed: "无需处理" },
  visit: { of: "{{span}} 的来电", entered: "进入时间", number: "号码", how: "结果", wait: "等待", waiting: "排队中", agent: "话务员", talk: "通话", outcome: "呼损处理", note: "备注" },
};
