import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from '../test/browser.ts'
import { startChromium } from '../test/chromium.ts'
import { startFirefox } from '../test/firefox.ts'
import { startWebKit } from '../test/webkit.ts'
import { startDemo } from './site.ts'

// Takes the README's pictures: light, dark, on a phone and from right to left, in three engines.

const display = `:${90 + (process.pid % 900)}`
const screen = spawn('Xvfb', [display, '-screen', '0', '1140x1400x24'], { stdio: 'ignore' })
process.env['DISPLAY'] = display

const engines: Readonly<Record<string, () => Promise<Browser>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
}

const site = await startDemo()
for (const [name, start] of Object.entries(engines)) {
  const browser = await start()
  const tab = await browser.open(`${site.origin}/looks`, { width: 1130 })
  await tab.evaluate(async () => {
    while (
      [...document.querySelectorAll('iframe')].some(
        ({ contentDocument: page }) => page?.querySelectorAll('[aria-busy=false]').length !== 2,
      )
    )
      await new Promise(requestAnimationFrame)
  })
  writeFileSync(join(import.meta.dirname, `../docs/${name}.png`), await tab.picture())
  await tab.close()
  await browser.close()
}
await site.close()
screen.kill()
