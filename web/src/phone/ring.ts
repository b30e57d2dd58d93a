import { chosenDevices, playOn } from "./devices";

/** Rings on the chosen device: the Chinese ring of 450 Hz, one second on, four off; a short beep while talking. */
export class Ringer {
  private context: AudioContext | undefined;
  private readonly player = new Audio();
  private timer: ReturnType<typeof setInterval> | undefined;
  private mode: "off" | "ring" | "beep" = "off";

  set(mode: "off" | "ring" | "beep"): void {
    if (mode === this.mode) return;
    this.mode = mode;
    clearInterval(this.timer);
    if (mode === "off") return;
    const sound = () => this.tone(mode === "ring" ? 1 : 0.15);
    sound();
    this.timer = setInterval(sound, mode === "ring" ? 3000 : 5000);
  }

  /** Sounds once, to try a device. */
  async tone(seconds: number): Promise<void> {
    const context = await this.open();
    const { ringVolume, ring } = chosenDevices();
    await playOn(this.player, ring);
    const start = context.currentTime + 0.02;
    const volume = context.createGain();
    volume.connect(this.output!);
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(ringVolume * 0.4, start + 0.03);
    volume.gain.setValueAtTime(ringVolume * 0.4, start + seconds - 0.05);
    volume.gain.linearRampToValueAtTime(0, start + seconds);
    for (const hertz of [450, 900]) {
      const tone = context.createOscillator();
      tone.frequency.value = hertz;
      tone.connect(volume);
      tone.start(start);
      tone.stop(start + seconds);
    }
  }

  private output: MediaStreamAudioDestinationNode | undefined;

  private async open(): Promise<AudioContext> {
    if (!this.context) {
      this.context = new AudioContext();
      this.output = this.context.createMediaStreamDestination();
      this.player.srcObject = this.output.stream;
    }
    // Before the first click the browser keeps pages silent; the screen rings all the same.
    await this.context.resume().catch(() => undefined);
    void this.player.play().catch(() => undefined);
    return this.context;
  }
}
