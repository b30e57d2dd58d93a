import type { WebSocket } from "ws";

const copied = /^(via|from|call-id|cseq|contact):/i;

/** Says yes to every REGISTER (RFC 3261 §10.3), so that the soft phone looks registered. No media. */
export function serveRegistrar(client: WebSocket): void {
  client.on("message", (raw) => {
    const lines = String(raw).split("\r\n");
    if (!lines[0]?.startsWith("REGISTER")) return;
    const to = lines.find((line) => /^to:/i.test(line));
    client.send(["SIP/2.0 200 OK", ...lines.filter((line) => copied.test(line)), `${to};tag=mock`, "Expires: 120", "Content-Length: 0", "", ""].join("\r\n"));
  });
}
