import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from './browser.ts'

const installed = [
  process.env['CHROME_PATH'],
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]

/** Where Chrome is, if there is one; else where the Chromium that comes as a package has been unpacked. */
export async function chromePath(): Promise<string> {
  const found = installed.find((path) => path && existsSync(path))
  if (found) return found
  // It unpacks the libraries that a bare system lacks only where it believes itself in AWS Lambda.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x'
  const { default: bundled } = await import('@sparticuz/chromium')
  return bundled.executablePath()
}

export async function startChromium(): Promise<Browser> {
  const executablePath = await chromePath()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
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
        shoot: async (path) => {
          await page.screenshot({ path, fullPage: true })
        },
        close: () => context.close(),
      }
    },
    close: () => browser.close(),
  }
}
