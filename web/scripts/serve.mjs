// Serves dist/ with the mocked controller of mock/ behind it.
import { createServer as http } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer as vite } from "vite";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** `first` may take an upgrade request, such as /sip, for itself: it returns true then. */
export async function serveBuilt(first = () => false) {
  const loader = await vite({ mode: "mock", appType: "custom", logLevel: "error", server: { middlewareMode: true, ws: false } });
  const { handle, upgrade } = await loader.ssrLoadModule("/mock/plugin.ts");
  const server = http((request, response) => {
    if (!request.url.startsWith("/api/v1/")) return file(request.url, response);
    request.url = request.url.slice("/api/v1".length);
    return handle(request, response);
  });
  server.on("upgrade", (request, socket, head) => first(request, socket, head) || upgrade(request, socket, head));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    home: `http://127.0.0.1:${server.address().port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await loader.close();
    },
  };
}

/** Any path that is no file is a page of the application. */
function file(url, response) {
  const path = join(dist, new URL(url, "http://x").pathname);
  const found = path.startsWith(dist) && extname(path) && existsSync(path) ? path : join(dist, "index.html");
  response.setHeader("Content-Type", kinds[extname(found)] ?? "application/octet-stream");
  response.end(readFileSync(found));
}
