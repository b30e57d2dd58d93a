import type { Feed } from "./feed";
import { readFrame } from "./message";

/** Waits between tries to connect, in milliseconds. */
export function backOff(tries: number, random = Math.random()): number {
  return Math.min(5000, 250 * 2 ** Math.min(tries, 5)) * (0.7 + 0.6 * random);
}

/** Keeps the feed's socket open until stopped. `onRefused` is asked after a failed try, to tell a lost login from a lost network. */
export function keepOpen(feed: Feed, onRefused: () => void): () => void {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let stopped = false;

  const open = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const mine = new WebSocket(`${scheme}://${location.host}/api/v1/feed`);
    socket = mine;
    let greeted = false;
    feed.send = (frame) => {
      if (mine.readyState === WebSocket.OPEN) mine.send(JSON.stringify(frame));
    };
    mine.onopen = () => feed.opened(Date.now());
    mine.onmessage = (event) => {
      const frame = readFrame(event.data);
      if (!frame || mine !== socket) return;
      if (frame.hello) {
        greeted = true;
        tries = 0;
      }
      feed.take(frame, Date.now());
    };
    mine.onclose = () => {
      if (mine !== socket || stopped) return;
      feed.closed();
      if (!greeted) onRefused();
      timer = setTimeout(open, backOff(tries++));
    };
  };

  const drop = () => {
    // A silent socket may take minutes to notice; replace it now.
    const old = socket;
    socket = undefined;
    old?.close();
    clearTimeout(timer);
    timer = setTimeout(open, backOff(tries++));
  };

  const watch = setInterval(() => {
    if (feed.watch(Date.now())) drop();
  }, 250);
  open();
  return () => {
    stopped = true;
    clearInterval(watch);
    clearTimeout(timer);
    socket?.close();
    feed.closed();
  };
}
