import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { testLooks } from '../started/looks.ts'
import { useService } from '../started/service.ts'
import { useTabs } from '../started/tabs.ts'

const service = useService()
const { complaints, open: openTab } = useTabs()
afterEach(() => expect(complaints.splice(0)).toEqual([]))

function open(path: string, options?: BrowserContextOptions): Promise<Page> {
  return openTab(service.origin + path, options)
}

describe.each(['/docs', '/docs/calling', '/docs/widget'])('%s', (path) => testLooks(path, open))

test('the way to a document needs no script, and its answer is asked for again by its tag', async () => {
  const page = await open('/', { javaScriptEnabled: false })
  await page.getByRole('link', { name: 'documents' }).click()
  await page.getByRole('link', { name: 'Calling the service' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Calling the service')
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  const { headers } = await fetch(page.url())
  const again = await fetch(page.url(), { headers: { 'if-none-match': headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

test('what there is to copy names the service itself', async () => {
  const page = await open('/docs', { permissions: ['clipboard-read', 'clipboard-write'] })
  await page.getByRole('button', { name: 'copy' }).first().click()
  await expect.poll(() => page.locator('#said').textContent()).toBe('copied')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(`curl '${service.origin}/v1/models?limit=2'`)
})
