import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ViteDevServer } from "vite";
import { WebSocketServer } from "ws";

import { serveFeed } from "./feed";
import { type Answer, answer } from "./routes";
import { serveRegistrar } from "./sip";

/** Puts a controller made of plain objects behind the dev server, for looking at the pages without a hotel. Never in the product. */
export function attach(server: ViteDevServer): void {
  server.middlewares.use("/api/v1", (request, response) => void handle(request, response));
  server.httpServer?.on("upgrade", upgrade);
}

const sockets = new WebSocketServer({ noServer: true });

/** Serves the feed and the registrar. */
export function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (request.url === "/api/v1/feed") sockets.handleUpgrade(request, socket, head, serveFeed);
  if (request.url === "/sip") sockets.handleUpgrade(request, socket, head, serveRegistrar);
}

/** Answers a request whose path is the one after /api/v1. */
export async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const part of request) body += String(part);
  const url = new URL(request.url ?? "/", "http://mock");
  const given = body ? (JSON.parse(body) as Record<string, unknown>) : {};
  const result = answer(request.method ?? "GET", url.pathname, given, url.searchParams);
  write(response, result);
}

function write(response: ServerResponse, { status = 200, body, problem }: Answer): void {
  response.statusCode = problem?.status ?? (body === undefined ? 204 : status);
  response.setHeader("Content-Type", problem ? "application/problem+json" : "application/json");
  response.end(problem ? JSON.stringify({ title: problem.code, ...problem }) : body === undefined ? "" : JSON.stringify(body));
}
