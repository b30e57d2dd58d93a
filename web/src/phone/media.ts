import { chosenDevices, onDevices, playOn } from "./devices";

/** Plays the far ends of calls on the chosen device. */
export class Media {
  private readonly players = new Map<string, HTMLAudioElement>();

  constructor() {
    onDevices(() => {
      for (const player of this.players.values()) void playOn(player, chosenDevices().talk);
    });
  }

  /** Plays what a call's peer connection receives, from its first track on. */
  attach(id: string, connection: RTCPeerConnection): void {
    connection.addEventListener("track", (event) => {
      const player = this.players.get(id) ?? new Audio();
      this.players.set(id, player);
      player.autoplay = true;
      player.srcObject = event.streams[0] ?? new MediaStream([event.track]);
      void playOn(player, chosenDevices().talk).then(() => player.play().catch(() => undefined));
    });
  }

  detach(id: string): void {
    const player = this.players.get(id);
    if (!player) return;
    player.pause();
    player.srcObject = null;
    this.players.delete(id);
  }
}
