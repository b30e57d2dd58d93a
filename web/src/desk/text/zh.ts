/** The switchboard in the words of the trade. */
export const zhDesk = {
  actions: "通话操作",
  room: "{{room}} 房",
  floor: "{{floor}} 层",
  malice: "恶意来电",
  muted: "已静音",
  reason: "原因（记入审计）",
  queue: { title: "来电排队", empty: "无人排队", ringsYou: "正在向您振铃", fresh: "正常", amber: "超时", red: "严重超时" },
  parked: { title: "驻留通话", empty: "无驻留通话", fresh: "正常", amber: "较久", red: "过久", for: "找 {{who}}", forLabel: "来电要找谁", note: "备注", pull: "取回" },
  loop: {
    title: "我的通话", idle: "空闲", ringing: "振铃", recall: "回叫", dialling: "呼叫中", talking: "通话", held: "保持", conference: "会议", barging: "强插中",
    backFrom: "转接 {{to}} 未成功，已返回", backFromPark: "驻留超时，已返回",
  },
  command: {
    answer_next: "接听下一个", answer: "接听", release: "挂断", hold: "保持", retrieve: "取回", park: "驻留", transfer: "转接", consult: "咨询转接", hand: "完成转接",
    confer: "会议", pull: "取驻留", mute: "静音", unmute: "取消静音", dtmf: "拨号键盘", loop: "选择通话 1–6", search: "查找（直接输入姓名、拼音、房号、部门、号码）",
    enter: "选择查找结果；回车：转接，无通话时呼叫", ctrl_enter: "咨询转接到查找结果", touch: "一键拨号", ready: "示闲 / 示忙", past: "来电与呼损", back: "返回、取消", help: "按键说明",
  },
  directory: {
    title: "通讯录与话机状态", anywhere: "直接输入即可查找", placeholder: "姓名 / 拼音首字母 / 房号 / 部门 / 号码", found: "查找结果", none: "没有找到", dial: "按回车拨打 {{number}}",
    typeTo: "输入姓名、拼音、房号、部门或号码", verified: "已核对身份", noCall: "未选中通话", groups: "呼叫整组", room: "客房",
  },
  purpose: { dial: "呼叫", transfer: "转接", consult: "咨询", invite: "邀请入会" },
  drop: { transfer: "松开鼠标：转接到 {{number}}（{{state}}）", join: "松开鼠标：与 {{name}} 合并为会议", party: "请 {{name}} 退出会议" },
  wall: {
    title: "话机状态", which: "显示范围", all: "全部", busy: "忙碌", chosen: "自选", place: "楼层或部门", everywhere: "所有楼层和部门", floors: "楼层", departments: "部门", count: "{{count}} 部",
    empty: "没有符合条件的话机", chooseHint: "点击话机，选择“加入自选”",
  },
  tile: {
    call: "呼叫 {{number}}", transfer: "转接当前通话到 {{number}}", consult: "咨询转接到 {{number}}", invite: "邀请 {{number}} 入会", barge: "强插", forceRelease: "强拆",
    forceTitle: "强拆 {{number}} 的通话？", choose: "加入自选", unchoose: "移出自选",
  },
  guest: {
    title: "来电弹屏", nobody: "来电时在此显示房号、客人与备注", malice: "恶意来电，请按流程处置", outside: "外线来电", since: "入住", nights_one: "第 {{count}} 晚", nights_other: "已住 {{count}} 晚", nights: "已住 {{count}} 晚",
    notes: "备注", last: "最近通话", noCalls: "没有最近通话",
  },
  touch: { title: "一键拨号", edit: "设置一键拨号", label: "名称", number: "号码", action: "动作", dial: "呼叫", transfer: "转接", invite: "邀请入会", badNumber: "只能包含数字、*、#，可以 + 开头" },
  past: {
    abandoned: "呼损", callers: "外线来电", at: "时间", number: "号码", outcome: "结果", waited: "等待", result: "处理", open: "未处理", callBack: "回拨 {{number}}", callBackShort: "回拨", filter: "按号码筛选",
  },
  settled: { called_back: "已回拨", no_answer: "无人接听", not_needed: "无需处理" },
  direction: { inbound: "呼入", outbound: "呼出", internal: "内线" },
  outcome: { answered: "已接", no_answer: "未接", busy: "忙", abandoned: "呼损", failed: "失败", cancelled: "取消", rejected: "拒接", unreachable: "不可达" },
  bar: { waiting: "排队", longest: "最长", level: "今日服务水平", levelHint: "目标：{{within}} 秒内接听 {{goal}}%；公式 {{formula}}", low: "低于目标" },
  seat: { signOn: "签入话务台", signOff: "签出", ready: "示闲", pause: "示忙", which: "在哪个分机签入？", extension: "分机号" },
  pause: { meal: "用餐", rest: "小休", meeting: "开会", training: "培训", errand: "外出", other: "其他" },
  keypad: { hint: "发送给对方的按键" },
  keys: { title: "话务台按键说明", key: "按键", does: "作用" },
  say: {
    nothingRings: "没有来电", noPhone: "软电话未就绪，无法接听", noCall: "没有选中的通话", nothingParked: "没有驻留通话", transferred: "已转接到 {{number}}；未接通会自动返回",
    waiting_one: "{{count}} 个来电排队", waiting_other: "{{count}} 个来电排队", waiting: "{{count}} 个来电排队",
  },
};
