import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TabOptions } from './browser.ts'
import { startChromium } from './chromium.ts'
import { type PageOptions, startSite } from './site.ts'

// Pictures of both elements: `node test/shots.ts folder`.

const folder = process.argv[2] ?? 'shots'
mkdirSync(folder, { recursive: true })
const site = await startSite()
const browser = await startChromium()
const base = site.api.base('ok')
const body = `
  <h1>Models</h1>
  <model-list src="${base}" lifecycle="active deprecated retired" limit="7"></model-list>
  <form>
    <model-picker src="${base}">
      <label for="model">Answer with</label>
      <select id="model" size="9"><option value="">The newest model</option><option selected>claude-2</option></select>
    </model-picker>
  </form>`

const shots: Record<string, TabOptions & PageOptions> = {
  light: {},
  dark: { dark: true },
  narrow: { width: 360 },
  'narrow-dark': { width: 360, dark: true },
  'forced-colors': { forcedColors: true },
  'right-to-left': { lang: 'ar' },
}

for (const [name, options] of Object.entries(shots)) {
  const right = name === 'right-to-left' ? `<div dir="rtl">${body}</div>` : body
  const tab = await browser.open(site.page(right, options), options)
  await tab.evaluate(async () => {
    while (seen.events.filter((event) => event === 'loadend').length < 2)
      await new Promise((done) => setTimeout(done, 20))
  })
  await tab.shoot?.(join(folder, `${name}.png`))
  await tab.close()
}
await browser.close()
site.stop()
