import type { Translated } from "../../i18n/language";
import type { zhPhone } from "./zh";

export const enPhone: Translated<typeof zhPhone> = {
  off: "Phone off", connecting: "Phone connecting", registered: "Phone ready", lost: "Phone lost, reconnecting", replaced: "Signed on elsewhere", other_tab: "Phone is in another tab", takeOver: "Take over",
  microphone_denied: "No microphone", microphone_missing: "No microphone", microphoneHint: "Allow the microphone in the browser's address bar and check the headset.",
  devices: "Sound devices and microphone check", default: "System default", choose: { microphone: "Microphone", talk: "Talk device", ring: "Ring device" }, kind: { audioinput: "Microphone", audiooutput: "Speaker", videoinput: "Camera" },
  noSink: "This browser cannot choose where sound plays", ringVolume: "Ring volume", tryRing: "Try", level: "Microphone level", speak: "Speak and watch the bar", heard: "Sound is heard",
  quality: { good: "Good", fair: "Fair", poor: "Poor", figures: "Quality MOS {{mos}} · round trip {{rtt}} ms · loss {{loss}}% · jitter {{jitter}} ms" },
};
