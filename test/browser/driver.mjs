// Playwright at the end of a pipe: one JSON command a line in, one JSON reply a
// line out. browser.go is the other end.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
]

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })
const pages = new Map()

const commands = {
  async open({ page, language, width, height }) {
    const context = await browser.newContext({
      locale: language, viewport: { width, height }, permissions: ['microphone'],
    })
    const opened = await context.newPage()
    opened.said = []
    opened.on('console', (m) => opened.said.push(`${m.type()}: ${m.text()}`))
    opened.on('pageerror', (e) => opened.said.push(`uncaught: ${e.message}`))
    pages.set(page, opened)
  },
  go: ({ page, url }) => pages.get(page).goto(url).then(() => null),
  reload: ({ page }) => pages.get(page).reload().then(() => null),
  press: ({ page, key }) => pages.get(page).keyboard.press(key),
  type: ({ page, text }) => pages.get(page).keyboard.type(text),
  click: ({ page, selector }) => pages.get(page).click(selector, { timeout: 10_000 }),
  fill: ({ page, selector, text }) => pages.get(page).fill(selector, text, { timeout: 10_000 }),
  wait: ({ page, selector, state }) => pages.get(page).waitForSelector(selector, { state, timeout: 15_000 }).then(() => null),
  text: ({ page, selector }) => pages.get(page).innerText(selector, { timeout: 10_000 }),
  run: ({ page, script }) => pages.get(page).evaluate(script),
  picture: ({ page, file }) => pages.get(page).screenshot({ path: file }).then(() => null),
  said: ({ page }) => pages.get(page).said,
  offline: ({ page, on }) => pages.get(page).context().setOffline(on),
  async axe({ page }) {
    await pages.get(page).evaluate(axe) // as a script of the page its policy would refuse it
    return pages.get(page).evaluate(async () => {
      const { violations } = await window.axe.run()
      return violations.map((v) => ({ id: v.id, impact: v.impact, nodes: v.nodes.map((n) => n.target.join(' ')) }))
    })
  },
  async close({ page }) {
    await pages.get(page)?.context().close()
    pages.delete(page)
  },
}

async function answer(line) {
  const { id, op, ...args } = JSON.parse(line)
  try {
    const value = await commands[op](args)
    return { id, value: value ?? null }
  } catch (e) {
    return { id, error: String(e.message ?? e) }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  answer(line).then((reply) => process.stdout.write(JSON.stringify(reply) + '\n'))
}
await browser.close()
