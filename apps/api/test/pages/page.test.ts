import { models } from '@models-edge/upstream/catalogue'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, describe, expect, test } from 'vitest'
import { run } from '../commands/run.ts'
import { expectAccessible } from '../started/accessible.ts'
import { startService, useService } from '../started/service.ts'
import { useTabs } from '../started/tabs.ts'

const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')

const service = useService()
const { complaints, open: openTab } = useTabs()
afterEach(() => expect(complaints.splice(0)).toEqual([]))

function open(
  options?: BrowserContextOptions,
  before?: (page: Page) => unknown,
  origin = service.origin,
): Promise<Page> {
  return openTab(origin, options, before)
}

/** Until the elements of the page have their models. */
async function shown(page: Page): Promise<Page> {
  const list = page.locator('model-list')
  await list.scrollIntoViewIfNeeded()
  await expect.poll(() => list.getByRole('listitem').count()).toBe(3)
  await expect.poll(() => page.locator('model-picker option').count()).toBeGreaterThan(3)
  return page
}

function visibleIds(page: Page): Promise<string[]> {
  return page.locator('tbody tr').filter({ visible: true }).locator('code').allInnerTexts()
}

function idsOf(lifecycle: string): string[] {
  return models.filter((model) => model.lifecycle === lifecycle).map(({ id }) => id)
}

const phone = { viewport: { width: 360, height: 740 } }
const withoutScript = { javaScriptEnabled: false }

test('the elements live beside their code, and nothing breaks the policy', async () => {
  const page = await shown(await open())
  expect(complaints).toEqual([])
  // What would break it is complained of.
  await page.evaluate(() => {
    document.body.setAttribute('style', 'color: red')
    try {
      document.body.innerHTML = '<p>'
    } catch {}
  })
  await expect.poll(() => complaints.join('\n')).toMatch(/inline style[^]*TrustedHTML/)
  complaints.splice(0)
})

describe('axe finds nothing', () => {
  test.each<[string, BrowserContextOptions]>([
    ['in light', {}],
    ['on a phone in dark', { ...phone, colorScheme: 'dark' }],
  ])('%s', async (_, options) => {
    await expectAccessible(await shown(await open({ ...options, bypassCSP: true })))
  })

  test('when there are no models yet', async () => {
    await using empty = await startService({ instead: () => ({ status: 529 }) })
    const page = await open({ bypassCSP: true }, undefined, empty.origin)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('no models here')
    const freshness = page.locator('#freshness')
    await expect.poll(() => freshness.innerText()).toMatch(/^The last sync failed \(\w+\)\.$/)
    await page.locator('model-list').scrollIntoViewIfNeeded()
    await expectAccessible(page)
    await expect.poll(() => complaints.length).toBeGreaterThanOrEqual(4)
    for (const complaint of complaints.splice(0)) expect(complaint).toContain('503')
  })
})

describe('the filters', () => {
  test.each([
    ['with a script', {}],
    ['without one', withoutScript],
  ])('need nothing but a keyboard, %s', async (_, options) => {
    const page = await open(options)
    expect(await visibleIds(page)).toEqual(current.map(({ id }) => id))
    await page.getByRole('radio', { name: /^current/ }).focus()
    const all = models.map(({ id }) => id)
    for (const ids of [idsOf('active'), idsOf('deprecated'), idsOf('retired'), all]) {
      await page.keyboard.press('ArrowRight')
      expect(await visibleIds(page)).toEqual(ids)
    }
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    const line = await page.locator('label:has(input[name=line]:checked)').innerText()
    const ofLine = models.filter((model) => model.line === line.trim())
    expect(await visibleIds(page)).toEqual(ofLine.map(({ id }) => id))
  })

  test('announce how many are left, and say so when none is', async () => {
    const page = await open()
    const [said, nothing] = [page.getByRole('status').first(), page.getByText('No such model.')]
    await page.getByText('deprecated 1').click()
    await expect.poll(() => said.textContent()).toBe('1 model')
    expect(await nothing.isVisible()).toBe(false)
    await page.locator('label', { hasText: 'haiku' }).click()
    await expect.poll(() => said.textContent()).toBe('0 models')
    expect([await visibleIds(page), await nothing.isVisible()]).toEqual([[], true])
  })
})

test('without a script all is there, and nothing that would need one', async () => {
  const page = await open(withoutScript)
  expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
  expect(await page.getByRole('img', { name: 'Lifelines' }).isVisible()).toBe(true)
  expect(await page.locator('model-list a').isVisible()).toBe(true)
  expect(await page.locator('model-picker select').isEnabled()).toBe(true)
  expect(await page.locator('time[data-ago]').innerText()).toMatch(/, \d{4}, \d\d:\d\d UTC$/)
})

test('nothing waits for the widget', async () => {
  const page = await open()
  // From here on the widget's file does not come, nor does it fail to.
  await page.route('**/widget.js', () => undefined)
  await page.reload({ waitUntil: 'commit' })
  await expect.poll(() => page.getByRole('button', { name: 'Copy: curl' }).isVisible()).toBe(true)
  expect(await page.evaluate(() => customElements.get('model-list') === undefined)).toBe(true)
  expect(await visibleIds(page)).toHaveLength(current.length)
})

// What is too long a name is cut off, says page.test.ts beside the page.
test.each([320, 768, 2560])(
  'the page is never wider than its window of %i pixels',
  async (width) => {
    const page = await shown(await open({ bypassCSP: true, viewport: { width, height: 800 } }))
    // What is in a box scrolls.
    const outside = await page.locator('main :not(svg *, pre *), svg g text').evaluateAll((all) =>
      all
        .map((part) => ({ part, box: part.getBoundingClientRect() }))
        .filter(({ box }) => box.left < 0 || box.right > innerWidth)
        .map(({ part }) => part.outerHTML.slice(0, 80)),
    )
    const scrolled = await page.evaluate(() => document.documentElement.scrollWidth)
    expect([outside, scrolled]).toEqual([[], width])
  },
)

describe('the snippets', () => {
  const permitted = { permissions: ['clipboard-read', 'clipboard-write'] }

  test('run, and print every current model', async () => {
    const page = await open()
    const snippet = async (title: string): Promise<string> => {
      const heading = page.getByRole('heading', { name: title, exact: true })
      const code = page.locator('article', { has: heading }).locator('code')
      return (await code.textContent()) ?? ''
    }
    const printed = async (title: string): Promise<string> =>
      (await run(['--input-type=module-typescript', '--eval', await snippet(title)])).out
    const ids = current.map(({ id }) => id)
    expect(await printed('TypeScript SDK')).toBe(`${ids.join('\n')}\n`)
    const lines = current.map(({ id, lifecycle }) => `${id} ${lifecycle}\n`)
    expect(await printed('core, the library underneath')).toBe(lines.join(''))
    const fetched = await printed('fetch')
    for (const id of ids) expect(fetched).toContain(`'${id}'`)
    expect(await snippet('curl')).toBe(`curl ${service.origin}/v1/models`)
    expect(await snippet('Python SDK')).toContain(`base_url="${service.origin}"`)
  })

  test('and ids are copied by keyboard, to the letter, and announced', async () => {
    const page = await open(permitted)
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
    const { id } = current[0]!
    const button = page.getByRole('button', { name: `Copy ${id}` }).first()
    await button.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => button.textContent()).toBe('copied')
    expect(await page.getByRole('status').first().textContent()).toBe(`copied: ${id}`)
    expect(await clipboard()).toBe(id)
    await page.getByRole('button', { name: 'Copy: curl' }).click()
    await expect.poll(clipboard).toBe(`curl ${service.origin}/v1/models`)
  })

  test('say so where there is no clipboard', async () => {
    const page = await open({}, async (tab) => {
      await tab.clock.install()
      await tab.addInitScript(() => Object.defineProperty(navigator, 'clipboard', {}))
    })
    const button = page.getByRole('button', { name: 'Copy: curl' })
    await button.click()
    await expect.poll(() => button.textContent()).toBe('not copied')
    await page.clock.fastForward(2000)
    expect(await button.textContent()).toBe('copy')
  })
})

const MINUTE = 60_000

/** The page at that time. */
function openAt(time: number): Promise<Page> {
  return open({}, (tab) => tab.clock.install({ time }))
}

describe('the moment', () => {
  test('tells how long ago the sync was, and never that it is to come', async () => {
    const page = await openAt(Date.now() + 30 * MINUTE)
    const ago = () => page.locator('time[data-ago]').getAttribute('data-ago')
    expect(await ago()).toMatch(/^ \(\d\d minutes ago\)$/)
    await page.clock.fastForward(120 * MINUTE)
    await expect.poll(ago).toMatch(/^ \([23] hours ago\)$/)
    await page.clock.fastForward(72 * 60 * MINUTE)
    await expect.poll(ago).toBe(' (3 days ago)')
    const early = (await openAt(Date.now() - 60 * MINUTE)).locator('time[data-ago]')
    const content = await early.evaluate((time) => getComputedStyle(time, '::after').content)
    expect(content).toBe('" (this minute)"')
  })

  test.each([
    [3.5, /^4\s+days left/],
    [0.5, /^1\s+day left/],
    [-5, /^0\s+days left/],
  ])('counts the days on, %d days before the end', async (days, words) => {
    const due = models.find(({ lifecycle }) => lifecycle === 'deprecated')!.retires_at!
    const page = await openAt(Date.parse(due) - days * 1440 * MINUTE)
    expect(await page.locator('.soon').innerText()).toMatch(words)
  })

  test.each([
    [
      '{"status":"degraded","last_failure":{"reason":"timeout","in_a_row":1}}',
      /\. The last sync failed \(timeout\): shown is the last good copy\.$/,
    ],
    [
      '{"status":"degraded","last_failure":{"reason":"timeout","in_a_row":12}}',
      /\. The last 12 syncs failed \(timeout\): shown/,
    ],
    ['{"status":"degraded","last_failure":null}', /\. No sync has come through for a while: shown/],
    ['<html>', /^As of .*UTC\.$/],
  ])('tells how syncs are: %s', async (body, words) => {
    const page = await open({}, (tab) => tab.route('**/health', (route) => route.fulfill({ body })))
    await page.waitForLoadState('networkidle')
    await expect.poll(() => page.locator('#freshness').innerText()).toMatch(words)
  })
})
