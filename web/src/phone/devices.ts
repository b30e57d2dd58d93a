import { useSyncExternalStore } from "react";

/** Which devices the operator chose; "" is the browser's default. */
export interface Devices {
  microphone: string;
  talk: string;
  ring: string;
  /** 0 to 1. */
  ringVolume: number;
}

const stored = "bellhop.devices";
const listeners = new Set<() => void>();
let devices: Devices = { microphone: "", talk: "", ring: "", ringVolume: 0.6, ...read() };

function read(): Partial<Devices> {
  try {
    return JSON.parse(localStorage.getItem(stored) ?? "{}") as Partial<Devices>;
  } catch {
    return {};
  }
}

export function chosenDevices(): Devices {
  return devices;
}

export function chooseDevices(next: Partial<Devices>): void {
  devices = { ...devices, ...next };
  localStorage.setItem(stored, JSON.stringify(devices));
  listeners.forEach((tell) => tell());
}

export function onDevices(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useDevices(): Devices {
  return useSyncExternalStore(onDevices, chosenDevices);
}

/** What getUserMedia is asked for. A chosen microphone that is gone falls back to the default one. */
export function microphoneWish(): MediaStreamConstraints {
  const { microphone } = devices;
  return {
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(microphone ? { deviceId: { ideal: microphone } } : {}) },
    video: false,
  };
}

/** Sends a player's sound to a device; a device that is gone leaves it on the default one. */
export async function playOn(player: HTMLAudioElement, device: string): Promise<void> {
  if (typeof player.setSinkId !== "function") return; // Firefox before 116, Safari
  await player.setSinkId(device).catch(() => player.setSinkId(""));
}
