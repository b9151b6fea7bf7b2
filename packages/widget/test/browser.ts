import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** The little that the specs need of a browser, so that others can run them. */
export interface Browser {
  readonly name: string
  open(url: string, options?: TabOptions): Promise<Tab>
  close(): Promise<void>
}

export interface Tab {
  evaluate<Result>(run: () => Result | Promise<Result>): Promise<Result>
  evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>
  press(key: 'ArrowDown' | 'Enter' | 'Tab'): Promise<void>
  /** Writes what there is to see to a file. */
  shoot?(path: string): Promise<void>
  close(): Promise<void>
}

/** What only some browsers can pretend. */
export interface TabOptions {
  readonly dark?: boolean
  readonly forcedColors?: boolean
  readonly javaScript?: boolean
  readonly width?: number
}

const installed = [
  process.env['CHROME_PATH'],
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Chrome, if there is one, else the Chromium that comes as a package. */
export async function startChromium(): Promise<Browser> {
  const executablePath = installed.find((path) => path && existsSync(path)) ?? (await packaged())
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  return {
    name: 'chromium',
    async open(url, { dark = false, forcedColors = false, javaScript = true, width = 800 } = {}) {
      const context = await browser.newContext({
        colorScheme: dark ? 'dark' : 'light',
        forcedColors: forcedColors ? 'active' : 'none',
        javaScriptEnabled: javaScript,
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

async function packaged(): Promise<string> {
  // It unpacks the libraries that a bare system lacks only where it believes itself in AWS Lambda.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x'
  const { default: bundled } = await import('@sparticuz/chromium')
  return bundled.executablePath()
}

/** The browser that the environment asks for. */
export function startBrowser(): Promise<Browser> {
  return startChromium()
}
