import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeAll, expect } from 'vitest'
import { launchBrowser } from '../clients/browser.ts'
import { type StartedUpstream, startUpstream } from '@models-edge/testing/upstream'
import { type Service, useService } from '../started/service.ts'
import { models } from '../started/stand-in.ts'

export interface Pages {
  readonly service: Service
  readonly upstream: StartedUpstream
  /** Whatever a browser complains of: violations of the policy, errors of scripts, missing files. */
  readonly complaints: string[]
  readonly open: (options?: BrowserContextOptions, before?: Before, more?: More) => Promise<Page>
}

type Before = (page: Page) => unknown

interface More {
  readonly origin?: string
  readonly waitUntil?: 'load' | 'commit'
}

/** The service's own page in a browser, while a test file runs. No test may leave a complaint. */
export function usePages(): Pages {
  let upstream: StartedUpstream
  let browser: Browser
  const opened: Page[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    upstream = await startUpstream({ models: models.map((model) => JSON.stringify(model)) })
    return () => upstream.close()
  })
  const service = useService({ upstream: () => upstream.origin })
  beforeAll(async () => {
    await service.tick()
    browser = await launchBrowser()
    return () => browser.close()
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((page) => page.context().close()))
    expect(complaints.splice(0)).toEqual([])
  })

  return {
    service,
    get upstream() {
      return upstream
    },
    complaints,
    open: async (options = {}, before, { origin, waitUntil = 'load' } = {}) => {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      opened.push(page)
      page.on('console', (message) => complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(String(error)))
      await before?.(page)
      await page.goto(origin ?? service.origin, { waitUntil })
      return page
    },
  }
}
