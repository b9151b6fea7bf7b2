import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Browser, startBrowser, type Tab, type TabOptions } from './browser.ts'
import { type PageOptions, type Site, startSite } from './site.ts'

/** What the probe on every page knows. */
declare global {
  const seen: { violations: string[]; errors: string[]; events: string[] }
  function happened(event: readonly [type: string, times: number]): Promise<void>
  function nextFrames(): Promise<void>
  function one<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name]
  function one(selector: string): HTMLElement
  function pieces(part: string, list?: HTMLElement): HTMLElement[]
  function texts(part: string, list?: HTMLElement): string[]
  function fallbackShown(list?: HTMLElement): boolean
  function options(select?: HTMLSelectElement): string[]
}

export interface Stage {
  readonly site: Site
  /** Opens a page with this body in a tab that is closed after the test. */
  open(body: string, options?: PageOptions & TabOptions): Promise<Tab>
}

/** A browser and a site for the tests of a file. After each of them nothing may have gone wrong on its pages. */
export function useStage(): Stage {
  let browser: Browser
  let site: Site
  const tabs: [tab: Tab, runs: boolean][] = []

  beforeAll(async () => {
    site = await startSite()
    browser = await startBrowser()
  })

  afterEach(async () => {
    for (const [tab, runs] of tabs.splice(0)) {
      const wrong = runs && (await tab.evaluate(() => [...seen.violations, ...seen.errors]))
      await tab.close()
      expect(wrong || []).toEqual([])
    }
  })

  afterAll(async () => {
    await site.close()
    await browser.close()
  })

  return {
    get site() {
      return site
    },
    async open(body, options = {}) {
      const tab = await browser.open(site.page(body, options), options)
      tabs.push([tab, options.javaScript ?? true])
      return tab
    },
  }
}

/** Until the elements on the page have told of as many events of this type. */
export function until(tab: Tab, type: string, times = 1): Promise<void> {
  return tab.evaluate((event) => happened(event), [type, times] as const)
}
