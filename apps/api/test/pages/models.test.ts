import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { testLooks } from '../started/looks.ts'
import { useService } from '../started/service.ts'
import { useTabs } from '../started/tabs.ts'

const paths = [
  '/models/claude-sonnet-4-5-20250929',
  '/models/claude-opus-4-1-20250805',
  '/models/claude-haiku-4-5',
  '/models/nobody',
  '/compare/claude-haiku-4-5/claude-haiku-5-5',
]

const service = useService()
const { complaints, open: openTab } = useTabs()
// The 404 of a page that is none is no mistake.
afterEach(() => expect(complaints.splice(0).filter((text) => !text.includes('404'))).toEqual([]))

function open(path: string, options?: BrowserContextOptions): Promise<Page> {
  return openTab(service.origin + path, options)
}

describe.each(paths)('%s', (path) => testLooks(path, open))

test('without a script all is there, and nothing that would need one', async () => {
  const page = await open(paths[0]!, { javaScriptEnabled: false })
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  expect(await page.getByRole('img', { name: 'Lifelines' }).isVisible()).toBe(true)
  await page.getByRole('link', { name: 'What changes' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('What changes')
  await page.getByRole('link', { name: 'Claude Sonnet 5.5' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Claude Sonnet 5.5')
  await page.getByRole('link', { name: 'models-edge' }).click()
  await page.getByRole('link', { name: 'Claude Haiku 4.5' }).first().click()
  expect(page.url()).toContain('/models/claude-haiku-4-5-20251001')
})

test('on paper there is nothing to click', async () => {
  const page = await open(paths[0]!)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  for (const hidden of ['nav', 'button']) {
    expect(await page.locator(hidden).first().isVisible()).toBe(false)
  }
  const ink = await page.locator('body').evaluate((body) => getComputedStyle(body).color)
  expect(ink).toBe('rgb(0, 0, 0)')
})

test('an id is copied by keyboard, and announced', async () => {
  const page = await open(paths[0]!, { permissions: ['clipboard-read', 'clipboard-write'] })
  const button = page.getByRole('button', { name: 'Copy claude-sonnet-4-5-20250929' })
  await button.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => button.textContent()).toBe('copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe('claude-sonnet-4-5-20250929')
})
