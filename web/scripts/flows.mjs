// Works the built switchboard by keyboard and by mouse on the mocked hotel; prints what failed.
import assert from "node:assert/strict";
import { openBrowser } from "./browser.mjs";
import { serveBuilt } from "./serve.mjs";

const { home, close } = await serveBuilt();
const browser = await openBrowser();
const page = await (await browser.newContext({ locale: "zh-CN", viewport: { width: 1366, height: 768 } })).newPage();
let failed = 0;
const loop = (slot) => page.getByTestId(`loop-${slot}`);
const parked = page.locator(".lane-parked .card");

page.setDefaultTimeout(15_000);

async function flow(name, run) {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.message.split("\n")[0]}`);
  }
}
const has = (text, want) => assert.ok(text?.includes(want), `${text} has no ${want}`);

await page.goto(home, { waitUntil: "commit" });
await loop(1).waitFor({ timeout: 60_000 });
await page.locator('[data-registration="registered"]').waitFor();

await flow("digits select loops, F6 retrieves and holds the one that spoke", async () => {
  await page.keyboard.press("2");
  await page.keyboard.press("F6");
  await page.locator(".loop.talking", { hasText: "携程客服" }).waitFor();
  await page.locator(".loop.held", { hasText: "周海涛" }).waitFor();
});
await flow("Shift+F6 parks with a note, F10 pulls the oldest", async () => {
  const before = await parked.count();
  await page.keyboard.press("2");
  await page.keyboard.press("Shift+F6");
  await page.locator("#for").waitFor();
  await page.keyboard.type("李经理");
  await page.keyboard.press("Tab");
  await page.keyboard.type("问订单");
  await page.keyboard.press("Enter");
  await page.locator(".lane-parked .card", { hasText: "李经理" }).waitFor();
  assert.equal(await parked.count(), before + 1);
  await page.keyboard.press("F10");
  await page.locator(".loop.talking", { hasText: "01088886666" }).waitFor();
});
await flow("typing searches, room and name stay apart until the identity is checked", async () => {
  await page.keyboard.press("1");
  await page.waitForTimeout(3500); // the pinyin table
  await page.keyboard.type("w");
  await page.locator(".hit").first().waitFor();
  const line = page.locator(".hit", { hasText: "层" }).first();
  has(await line.locator(".hit-number").textContent(), "····");
  await page.locator(".search .ant-checkbox-input").check();
  assert.match(await line.locator(".hit-number").textContent(), /^\d+$/);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".hit").count(), 0);
});
await flow("what is typed is found at once", async () => {
  await page.locator("#desk-search").focus();
  const took = await page.evaluate(async () => {
    const field = document.getElementById("desk-search");
    const begin = performance.now();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, "12");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    while (!document.querySelector(".hit")) await new Promise((done) => setTimeout(done, 1));
    return performance.now() - begin;
  });
  console.log(`        results after ${took.toFixed(0)} ms`);
  await page.keyboard.press("Escape");
  assert.ok(took < 150, "a loaded machine draws late, but not that late; search.test.ts holds the search itself to 50 ms");
});
await flow("Ctrl+Enter consults, F8 hands over", async () => {
  await page.keyboard.press("1");
  await page.keyboard.press("F7");
  await page.keyboard.type("8004");
  await page.keyboard.press("Control+Enter");
  await page.locator(".loop.talking").nth(0).waitFor();
  await page.locator(".deed.on", { hasText: "F8" }).waitFor();
  await page.keyboard.press("F8");
  await page.locator(".loop", { hasText: "周海涛" }).waitFor({ state: "detached" });
});
await flow("dragging a call onto a tile tells what it will do, then transfers", async () => {
  const call = page.locator(".loop.talking, .loop.held").first();
  const who = await call.locator("strong").textContent();
  const from = await call.boundingBox();
  const to = await page.locator('[data-number="304"]').boundingBox();
  await page.mouse.move(from.x + 120, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 20, to.y + 12, { steps: 6 });
  await page.mouse.move(to.x + 22, to.y + 14);
  has(await page.locator(".drag-label").textContent(), "304");
  await page.mouse.up();
  await page.locator(".loop", { hasText: who }).waitFor({ state: "detached" });
});
await flow("the wall works by arrow keys", async () => {
  await page.locator(".tile[tabindex='0']").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const number = await page.evaluate(() => document.activeElement.dataset.number);
  await page.keyboard.press("Enter");
  await page.locator(".ant-dropdown-menu-item", { hasText: number }).first().click();
  await page.locator(".loop.talking", { hasText: number }).waitFor();
});
await flow("F9 invites a group at once, a party can be dropped", async () => {
  const slot = await page.locator(".loop.talking .loop-slot").first().textContent();
  await page.keyboard.press(slot);
  await page.keyboard.press("F9");
  await page.locator(".groups button").first().click();
  const parties = page.locator(".parties li");
  await parties.nth(2).waitFor();
  const before = await parties.count();
  await parties.first().locator("button").click();
  await page.waitForFunction((count) => document.querySelectorAll(".parties li").length < count, before);
});
await flow("示忙 and 示闲", async () => {
  await page.keyboard.press("Escape");
  await page.getByTestId("pause").click();
  await page.locator(".ant-dropdown-menu-item", { hasText: "用餐" }).click();
  await page.locator(".seat-state.paused", { hasText: "用餐" }).waitFor();
  await page.keyboard.press("Alt+r");
  await page.locator(".seat-state.ready").waitFor();
});
await flow("one-touch by Alt+3", async () => {
  const before = await page.locator(".loop:not(.idle)").count();
  await page.keyboard.press("Alt+3");
  await page.waitForFunction((count) => document.querySelectorAll(".loop:not(.idle)").length !== count, before);
});
await flow("leaving the page keeps the phone", async () => {
  await page.locator(".bar-nav a").nth(2).click();
  await page.waitForURL("**/reports");
  assert.equal(await page.evaluate(() => window.bellhop.phone.registered), true);
});

await browser.close();
await close();
process.exit(failed ? 1 : 0);
