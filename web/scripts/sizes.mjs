// Prints what the browser loads, gzip-compressed, and fails when the switchboard's first load passes its limit.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const limit = 500_000;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist)));
const weigh = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;

/** All files that come with a chunk before anything is shown. */
function files(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const dependency of chunk.imports ?? []) files(dependency, seen);
  return seen;
}

const first = files("index.html");
const total = [...first].reduce((sum, file) => sum + weigh(file), weigh("index.html"));
const later = new Set(Object.values(manifest).map((chunk) => chunk.file).filter((file) => !first.has(file)));
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
console.log("\nfirst load of the switchboard (gzip):");
for (const file of first) console.log(kB(weigh(file)), file);
console.log(kB(total), `in all, of ${kB(limit).trim()} allowed`);
console.log("loaded on demand (gzip):");
for (const file of later) console.log(kB(weigh(file)), file);
if (total > limit) {
  console.error("the first load is too large");
  process.exit(1);
}
