import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds a running controller. */
const controller = process.env.BELLHOP_URL ?? "http://127.0.0.1:8080";

/** `npm run mock`: mock/ answers instead of a controller. */
const mock: Plugin = {
  name: "bellhop-mock",
  async configureServer(server) {
    const module = await server.ssrLoadModule("/mock/plugin.ts");
    (module as typeof import("./mock/plugin")).attach(server);
  },
};

export default defineConfig(({ mode }) => ({
  plugins: [react(), ...(mode === "mock" ? [mock] : [])],
  build: { target: "es2022", chunkSizeWarningLimit: 900, reportCompressedSize: false, manifest: true },
  server: {
    host: "127.0.0.1",
    proxy: mode === "mock" ? undefined : { "/api": { target: controller, ws: true }, "/sip": { target: controller, ws: true } },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
}));
