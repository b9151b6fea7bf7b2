import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Browser, startBrowser, type Tab, type TabOptions } from './browser.ts'
import type { FakeApi } from './fake-api.ts'
import { type PageOptions, type Site, startSite } from './site.ts'

/** What the probe on every page knows. */
declare global {
  const seen: { violations: string[]; errors: string[]; events: string[] }
  function one<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name]
  function one(selector: string): HTMLElement
  function pieces(part: string, list?: HTMLElement): HTMLElement[]
  function texts(part: string, list?: HTMLElement): string[]
  function fallbackShown(list?: HTMLElement): boolean
  function options(select?: HTMLSelectElement): string[]
}

export interface Stage {
  readonly site: Site
  readonly api: FakeApi
  /** Opens a page with this body in a tab that is closed after the test. */
  open(body: string, options?: PageOptions & TabOptions): Promise<Tab>
}

/** A browser and a site for the tests of a file. After each of them nothing may have gone wrong on its pages. */
export function useStage(): Stage {
  let browser: Browser
  let site: Site
  const tabs: Tab[] = []

  beforeAll(async () => {
    const starting = startBrowser()
    site = await startSite()
    browser = await starting
  })

  afterEach(async () => {
    for (const tab of tabs.splice(0)) {
      const found = await tab
        .evaluate(() => ({ violations: seen.violations, errors: seen.errors }))
        .catch(() => undefined)
      await tab.close()
      if (found) expect(found).toEqual({ violations: [], errors: [] })
    }
  })

  afterAll(async () => {
    site.stop()
    await browser.close()
  })

  return {
    get site() {
      return site
    },
    get api() {
      return site.api
    },
    async open(body, options = {}) {
      const tab = await browser.open(site.page(body, options), options)
      tabs.push(tab)
      return tab
    },
  }
}

/** Waits until the page has told of as many events of this type, or fails with what it told. */
export async function until(tab: Tab, type: string, times = 1): Promise<void> {
  await expect
    .poll(() => tab.evaluate(() => seen.events), { interval: 15, timeout: 5000 })
    .toSatisfy(
      (events: string[]) => events.filter((event) => event.split(' ')[0] === type).length >= times,
      `${times} × ${type}`,
    )
}
