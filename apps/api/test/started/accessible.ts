import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** That axe finds nothing wrong with a page, whose policy must let it in. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const { violations, passes } = await page.evaluate(() =>
    // Not on unless asked for: that what can be clicked is large enough to be hit.
    (globalThis as unknown as { axe: typeof axe }).axe.run({
      rules: { 'target-size': { enabled: true } },
    }),
  )
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  const passed = passes.map(({ id }) => id)
  expect(passed).toEqual(expect.arrayContaining(['color-contrast', 'target-size']))
}
