/** The supervisor's page in the words of the trade. */
export const zh = {
  wallboard: "大屏",
  board: {
    title: "队列看板", none: "没有可见的队列", waiting: "排队", longest: "最长等待", level: "服务水平", goal: "目标 {{goal}}%", met: "达标", low: "低于目标", noData: "今日尚无来电",
    answered: "今日接听", abandoned: "今日呼损", late: "超时", formula: "服务水平 = {{text}}", tv: "全屏大屏", leave: "退出大屏", seats: "坐席", now: "当前时间",
  },
  seats: {
    title: "坐席", who: "坐席", state: "状态", call: "当前通话", today: "今日", calls: "接听", missed: "漏接", none: "没有坐席签入", me: "本人", vip: "VIP 坐席", deeds: "班长操作",
    missedHint: "向其振铃而未接听的次数",
  },
  do: {
    listen: "监听", whisper: "密语", barge: "强插", take: "接管", stop: "停止", release: "强拆", ready: "强制示闲", pause: "强制示忙", signoff: "强制注销",
    readyShort: "示闲", pauseShort: "示忙", signoffShort: "注销", of: "{{verb}}：{{name}}", force: "强制",
  },
  hint: {
    listen: "听到双方，双方都听不到您", whisper: "只有话务员听得到您", barge: "三方通话，双方都听得到您", take: "话务员退出，由您继续通话", stop: "停止监听、密语或强插",
    release: "断开对方，话务员回到空闲", ready: "强制示闲", pause: "强制示忙", signoff: "强制注销", noCall: "该坐席没有通话", self: "不能对自己操作",
  },
  ask: {
    reason: "原因（记入审计）", needReason: "请填写原因", optional: "原因（可不填，记入审计）", warn: "先向双方播放提示音",
    barge: "强插到 {{name}} 的通话？", take: "接管 {{name}} 的通话？", release: "强拆 {{name}} 的通话？", ready: "将 {{name}} 强制示闲？", pause: "将 {{name}} 强制示忙？", signoff: "将 {{name}} 强制注销？",
  },
  done: { release: "已强拆 {{name}} 的通话", ready: "{{name}} 已强制示闲", pause: "{{name}} 已强制示忙", signoff: "{{name}} 已强制注销", later: "通话结束后生效" },
  own: {
    title: "我的监听", none: "未在监听", noneHint: "在坐席一行选择“监听”。首次操作时自动签入软电话并示忙（班长），不会分配来电。",
    connecting: "正在接通您的软电话…", listen: "正在监听 {{name}} 的通话：没有人听得到您", whisper: "正在向 {{name}} 密语：只有 {{name}} 听得到您", barge: "已强插 {{name}} 的通话：双方都听得到您", take_over: "正在接管 {{name}} 的通话",
    with: "对方 {{who}}", mine: "您正在与 {{who}} 通话", toDesk: "到话务台处理", hangUp: "挂断", phone: "软电话", prepare: "签入软电话", leave: "签出软电话", elsewhere: "软电话在别处使用", useHere: "在此使用",
    ringing: "正在接通…", paused: "班长示忙", noAudio: "没有麦克风", failed: "软电话没有注册成功，请重试", lost: "软电话已断开，正在重连",
  },
  calls: { title: "话务台通话", none: "没有通话", seat: "坐席", watched: "{{how}}中", trunk: "中继 {{name}}", vip: "VIP{{level}}" },
  phase: { offered: "呼入", script: "语音导航", ringing: "振铃", talking: "通话", transferring: "转接中", queued: "排队", parked: "驻留", held: "保持", emergency: "紧急呼叫" },
};
