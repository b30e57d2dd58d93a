// Takes a picture of every screen of the built pages on the mocked hotel and lets axe look at it. Build first.
//   SHOTS=folder (default /tmp/bellhop-shots)  CHROMIUM=/usr/bin/chromium  ONLY=part of a name
import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";

import { openBrowser } from "./browser.mjs";
import { serveBuilt } from "./serve.mjs";
import { scenes } from "./scenes.mjs";

const folder = process.env.SHOTS ?? "/tmp/bellhop-shots";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const sizes = [[1366, 768], [1920, 1080]];
mkdirSync(folder, { recursive: true });

const { home, close } = await serveBuilt();
const browser = await openBrowser();
let faults = 0;
for (const locale of ["zh-CN", "en"]) {
  for (const [width, height] of sizes) {
    for (const scene of scenes) {
      const name = `${scene.name}-${locale}-${width}`;
      if (process.env.ONLY && !name.includes(process.env.ONLY)) continue;
      await shoot(scene, name, locale, { width, height });
    }
  }
}
await browser.close();
await close();
process.exit(faults ? 1 : 0);

async function shoot(scene, name, locale, viewport) {
  const context = await browser.newContext({ locale, viewport });
  const page = await context.newPage();
  const complain = (text) => {
    faults++;
    console.log(`${name}: ${text}`);
  };
  page.on("pageerror", (error) => complain(`threw ${error.message}`));
  page.on("console", (message) => message.type() === "error" && !/401|404/.test(message.text()) && complain(`said ${message.text().slice(0, 300)}`));
  try {
    await scene.play(page, home);
    await page.screenshot({ path: `${folder}/${name}.png` });
    const scrolls = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth);
    if (scrolls && !scene.long) complain("the page scrolls");
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
    for (const each of found.violations) {
      if (["serious", "critical"].includes(each.impact)) complain(`axe ${each.id} ×${each.nodes.length}: ${each.nodes.slice(0, 3).map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).join(" | ")}`);
    }
  } catch (error) {
    complain(`failed: ${error.message.split("\n")[0]}`);
  }
  await context.close();
}
