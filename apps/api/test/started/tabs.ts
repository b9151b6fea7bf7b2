import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeAll } from 'vitest'
import { launchBrowser } from './browser.ts'

interface Tabs {
  /** Whatever browsers complained of: violations of the policy, errors of scripts, missing files. */
  readonly complaints: string[]
  /** Opens an address in a tab that is closed after the test. */
  readonly open: (
    url: string,
    options?: BrowserContextOptions,
    before?: (page: Page) => unknown,
  ) => Promise<Page>
}

/** A browser for the tests of a file. */
export function useTabs(): Tabs {
  let browser: Browser
  const opened: Page[] = []
  const complaints: string[] = []
  beforeAll(async () => {
    browser = await launchBrowser()
    return () => browser.close()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((page) => page.context().close()))
  })
  return {
    complaints,
    async open(url, options = {}, before) {
      const page = await (await browser.newContext(options)).newPage()
      opened.push(page)
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(String(error)))
      await before?.(page)
      await page.goto(url)
      return page
    },
  }
}
