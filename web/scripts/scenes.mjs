// The screens that scripts/shots.mjs looks at. Other pages add theirs at the end.

const settle = (page) => page.waitForTimeout(700);

async function desk(page, home, path = "/") {
  await page.goto(home + path, { waitUntil: "commit", timeout: 90_000 });
  await page.getByTestId("loop-1").waitFor({ timeout: 60_000 });
  await settle(page);
}

async function signedOut(page, home) {
  await page.route("**/api/v1/session", (route) => (route.request().method() === "GET" ? route.fulfill({ status: 401, json: { code: "unauthorized" } }) : route.continue()));
  await page.goto(home);
  await page.locator("#login").waitFor();
}

export const scenes = [
  { name: "login", play: async (page, home) => { await signedOut(page, home); await settle(page); } },
  { name: "login-code", play: async (page, home) => {
    await signedOut(page, home);
    await page.locator("#login").fill("totp");
    await page.locator("#password").fill("secret");
    await page.keyboard.press("Enter");
    await page.locator("#code").waitFor();
    await settle(page);
  } },
  { name: "desk", play: desk },
  { name: "desk-search", play: async (page, home) => {
    await desk(page, home);
    await page.waitForTimeout(2500);
    await page.keyboard.press("F7");
    await page.keyboard.type("wang");
    await settle(page);
  } },
  { name: "desk-invite", play: async (page, home) => {
    await desk(page, home);
    await page.keyboard.press("/");
    await page.keyboard.type("80");
    await settle(page);
  } },
  { name: "desk-tile", play: async (page, home) => {
    await desk(page, home);
    await page.locator(".tile.talking").first().click();
    await settle(page);
  } },
  ...[["park", "Shift+F6"], ["dtmf", "Alt+P"], ["help", "?"], ["past", "Alt+L"]].map(([dialog, key]) => ({
    name: `desk-${dialog}`,
    play: async (page, home) => { await desk(page, home); await page.keyboard.press(key); await page.waitForTimeout(1200); },
  })),
  { name: "desk-callers", play: async (page, home) => {
    await desk(page, home);
    await page.keyboard.press("Alt+L");
    await page.getByRole("tab").nth(1).click();
    await page.waitForTimeout(1000);
  } },
  { name: "desk-touch", play: async (page, home) => { await desk(page, home); await page.locator(".lane-touch .lane-extra button").click(); await page.waitForTimeout(1000); } },
  { name: "desk-devices", play: async (page, home) => { await desk(page, home); await page.getByTestId("phone").click(); await page.waitForTimeout(1500); } },
  { name: "desk-contrast", play: async (page, home) => { await page.addInitScript(() => localStorage.setItem("bellhop.look", "contrast")); await desk(page, home); } },
  { name: "desk-malice", play: async (page, home) => { await desk(page, home); await page.locator(".card.malice .card-main").click(); await settle(page); } },
  { name: "desk-account", play: async (page, home) => { await desk(page, home); await page.locator(".bar .bar-button").last().click(); await settle(page); } },
  { name: "desk-totp", play: async (page, home) => {
    await desk(page, home);
    await page.locator(".bar .bar-button").last().click();
    await page.locator(".ant-dropdown-menu-item").nth(1).click();
    await page.locator(".ant-modal button.ant-btn-primary").click();
    await page.waitForTimeout(1000);
  } },
  { name: "desk-stale", play: async (page, home) => {
    let silent = false;
    await page.routeWebSocket("**/api/v1/feed", (client) => {
      const server = client.connectToServer();
      client.onMessage((message) => server.send(message));
      server.onMessage((message) => { if (!silent) client.send(message); });
    });
    await desk(page, home);
    silent = true;
    await page.getByTestId("stale").waitFor({ timeout: 10_000 });
    await settle(page);
  } },
  { name: "keys", long: true, play: async (page, home) => { await page.goto(`${home}/keys`); await page.locator(".key-table").waitFor(); await settle(page); } },
];
