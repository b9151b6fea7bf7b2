import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'

/** What holds for each page, whatever is on it. */
export function testLooks(
  path: string,
  open: (path: string, options: BrowserContextOptions) => Promise<Page>,
): void {
  test.each<[string, BrowserContextOptions]>([
    ['in light', {}],
    ['in dark, on a phone', { colorScheme: 'dark', viewport: { width: 320, height: 700 } }],
  ])('has nothing that axe finds, %s', async (_, options) => {
    await expectAccessible(await open(path, { ...options, bypassCSP: true }))
  })

  test('is never wider than its window', async () => {
    const page = await open(path, { javaScriptEnabled: false })
    for (const width of [320, 768, 2560]) {
      await page.setViewportSize({ width, height: 800 })
      const size = await page.locator('html').evaluate(({ scrollWidth }) => scrollWidth)
      expect([width, size]).toEqual([width, width])
    }
  })
}
