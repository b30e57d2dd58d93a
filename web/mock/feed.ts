import type { WebSocket } from "ws";

import type { Topic, Topics } from "../src/feed/topic";

type Tables = { [K in Topic]: Map<string, Topics[K]> };

/** What the mocked house is doing. Change it through put and drop, so that the pages hear of it. */
export const tables: Tables = {
  seats: new Map(), queues: new Map(), callers: new Map(), parked: new Map(), calls: new Map(),
  extensions: new Map(), trunks: new Map(), alerts: new Map(), status: new Map(),
};

const epoch = String(Date.now());
const clients = new Map<WebSocket, Set<string>>();
let seq = 1;
let beat = 0;

export function put<K extends Topic>(topic: K, key: string, value: Topics[K]): void {
  tables[topic].set(key, value);
  tell(topic, { set: { [key]: value } });
}

export function drop(topic: Topic, key: string): void {
  if (tables[topic].delete(key)) tell(topic, { drop: [key] });
}

function tell(topic: Topic, change: object): void {
  const frame = JSON.stringify({ topic, seq: ++seq, ...change });
  for (const [client, topics] of clients) if (topics.has(topic)) client.send(frame);
}

/** Puts a fresh scene up when the first page comes, so that its ages are always the same. */
export const curtain = { raise: () => undefined as void };

/** Serves one page until it leaves. */
export function serveFeed(client: WebSocket): void {
  if (clients.size === 0) curtain.raise();
  const topics = new Set<string>();
  clients.set(client, topics);
  client.send(JSON.stringify({ hello: { epoch, version: "mock" } }));
  client.on("message", (raw) => {
    const wish = JSON.parse(String(raw)) as { subscribe: Topic[] };
    for (const topic of wish.subscribe) {
      topics.add(topic);
      client.send(JSON.stringify({ topic, seq, all: Object.fromEntries(tables[topic]) }));
    }
  });
  const pulse = setInterval(() => client.send(JSON.stringify({ beat: ++beat, at: new Date().toISOString() })), 1000);
  client.on("close", () => {
    clearInterval(pulse);
    clients.delete(client);
  });
}
