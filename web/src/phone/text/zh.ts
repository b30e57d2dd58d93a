export const zhPhone = {
  off: "软电话未启用", connecting: "软电话连接中", registered: "软电话就绪", lost: "软电话断线，重连中", replaced: "本席已在别处签入", other_tab: "软电话在另一标签页", takeOver: "在此接管",
  microphone_denied: "麦克风不可用", microphone_missing: "没有麦克风", microphoneHint: "请在浏览器地址栏中允许使用麦克风，并检查耳麦连接。",
  devices: "音频设备与麦克风检测", default: "系统默认", choose: { microphone: "麦克风", talk: "通话设备", ring: "振铃设备" }, kind: { audioinput: "麦克风", audiooutput: "扬声器", videoinput: "摄像头" },
  noSink: "此浏览器不能选择播放设备", ringVolume: "振铃音量", tryRing: "试听", level: "麦克风音量", speak: "请说话，观察音量条", heard: "已检测到声音",
  quality: { good: "好", fair: "中", poor: "差", figures: "通话质量 MOS {{mos}} · 往返 {{rtt}} ms · 丢包 {{loss}}% · 抖动 {{jitter}} ms" },
};
