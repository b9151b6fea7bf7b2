import { chromium } from 'playwright-core'
import type { Browser } from './browser.ts'
import { findChrome } from '@models-edge/testing/chrome'

export async function startChromium(): Promise<Browser> {
  const { env, executablePath } = await findChrome()
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox'], // a container's root may not have one
    env: { ...(process.env as Record<string, string>), ...env },
  })
  return {
    async open(url, { dark = false, forcedColors = false, javaScript = true, width = 800 }) {
      const context = await browser.newContext({
        colorScheme: dark ? 'dark' : 'light',
        forcedColors: forcedColors ? 'active' : 'none',
        javaScriptEnabled: javaScript,
        // Where a day begins late: days of the API are days in UTC.
        timezoneId: 'America/Los_Angeles',
        permissions: ['clipboard-read', 'clipboard-write'],
        viewport: { width, height: 700 },
      })
      const page = await context.newPage()
      await page.goto(url)
      return {
        evaluate: (run: (argument: never) => never, argument?: unknown) =>
          page.evaluate<never, never>(run, argument as never),
        press: (key) => page.keyboard.press(key),
        picture: () => page.screenshot({ fullPage: true }),
        close: () => context.close(),
      }
    },
    close: () => browser.close(),
  }
}
