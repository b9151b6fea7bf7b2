import { beforeAll } from 'vitest'
import { type Browser, startBrowser } from '../browser.ts'
import { type FrameworkSite, startFrameworkSite } from './site.ts'

interface Frameworks {
  readonly browser: Browser
  readonly site: FrameworkSite
}

/** A browser, and a site whose pages frameworks render, for the tests of a file. */
export function useFrameworks(): Frameworks {
  let browser: Browser
  let site: FrameworkSite
  beforeAll(async () => {
    site = await startFrameworkSite()
    return () => site.close()
  })
  beforeAll(async () => {
    browser = await startBrowser()
    return () => browser.close()
  })
  return {
    get browser() {
      return browser
    },
    get site() {
      return site
    },
  }
}
