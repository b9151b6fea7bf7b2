import { launch } from 'puppeteer-core'
import type { Browser } from './browser.ts'
import { findProgram } from '@models-edge/testing/program'

export async function startFirefox(): Promise<Browser> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: findProgram('firefox-esr', 'firefox') ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: { 'dom.events.testing.asyncClipboard': true },
  })
  return {
    async open(url) {
      const context = await browser.createBrowserContext()
      const page = await context.newPage()
      await page.setViewport({ width: 800, height: 700 })
      await page.goto(url)
      return {
        evaluate: (run: (argument: never) => never, argument?: unknown) =>
          page.evaluate(run, argument as never) as Promise<never>,
        press: (key) => page.keyboard.press(key),
        picture: () => page.screenshot({ fullPage: true }),
        close: () => context.close(),
      }
    },
    close: () => browser.close(),
  }
}
