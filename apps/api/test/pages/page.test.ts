import { brotliCompressSync } from 'node:zlib'
import axe from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { usePages } from './pages.ts'
import { useService } from '../started/service.ts'
import { models } from '../started/stand-in.ts'

const pages = usePages()
const { complaints, open, service } = pages
const empty = useService({ upstream: () => 'http://127.0.0.1:9' })
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')

/** What takes the place of something is believed when it has been seen twice. */
async function syncTwice(): Promise<void> {
  for (let sync = 0; sync < 2; sync += 1) await service.tick()
}

function visibleIds(page: Page): Promise<string[]> {
  return page
    .locator('tbody tr')
    .filter({ visible: true })
    .locator('code')
    .evaluateAll((codes) => codes.map((code) => code.textContent ?? ''))
}

function idsOf(lifecycle: string): string[] {
  return models.filter((model) => model.lifecycle === lifecycle).map(({ id }) => id)
}

const phone = { viewport: { width: 360, height: 740 } }
const dark = { colorScheme: 'dark' } as const
const withoutScript = { javaScriptEnabled: false }

test('the elements live beside their code, and nothing breaks the policy', async () => {
  const page = await open()
  const list = page.locator('model-list')
  await list.scrollIntoViewIfNeeded()
  await expect.poll(() => list.getByRole('listitem').count()).toBe(3)
  const options = page.locator('model-picker option')
  await expect.poll(() => options.count()).toBeGreaterThan(current.length)
  // Without these, no violation would be one.
  const refused = await page.evaluate(async () => {
    const seen: string[] = []
    const both = new Promise<void>((done) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (seen.push(effectiveDirective) === 2) done()
      })
    })
    document.body.setAttribute('style', 'color: red')
    try {
      document.body.innerHTML = '<p>'
    } catch {}
    await both
    return seen
  })
  expect(refused).toEqual(['style-src-attr', 'require-trusted-types-for'])
  await expect.poll(() => complaints.length).toBe(2)
  complaints.splice(0)
})

describe('axe finds nothing', () => {
  test.each<[string, BrowserContextOptions]>([
    ['in light', {}],
    ['in dark', dark],
    ['on a phone', phone],
    ['on a phone in dark', { ...phone, ...dark }],
  ])('%s', async (_, options) => {
    const page = await open({ ...options, bypassCSP: true })
    await page.locator('model-list').scrollIntoViewIfNeeded()
    await expect.poll(() => page.getByRole('listitem').count()).toBeGreaterThan(8)
    await expectAccessible(page)
  })

  test('when there are no models yet', async () => {
    const page = await open({ bypassCSP: true }, undefined, { origin: empty.origin })
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('no models here')
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
    await page.keyboard.press('ArrowRight')
    expect(await visibleIds(page)).toEqual(idsOf('active'))
    await page.keyboard.press('ArrowRight')
    expect(await visibleIds(page)).toEqual(idsOf('deprecated'))
    await page.keyboard.press('ArrowRight')
    expect(await visibleIds(page)).toEqual(idsOf('retired'))
    await page.keyboard.press('ArrowRight')
    expect(await visibleIds(page)).toEqual(models.map(({ id }) => id))
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    const chosen = await page.locator('input[name=line]:checked').evaluate((input) => {
      return input.parentElement?.textContent
    })
    expect(await visibleIds(page)).toEqual(
      models.filter(({ line }) => line === chosen).map(({ id }) => id),
    )
  })

  test('say so when nothing is left', async () => {
    const page = await open(withoutScript)
    const nothing = page.getByText('No such model.')
    expect(await nothing.isVisible()).toBe(false)
    await page.getByText('deprecated 1').click()
    await page.locator('label', { hasText: 'haiku' }).click()
    expect(await visibleIds(page)).toEqual([])
    expect(await nothing.isVisible()).toBe(true)
    await page.locator('label', { hasText: 'sonnet' }).click()
    expect(await nothing.isVisible()).toBe(false)
  })

  test('are announced', async () => {
    const page = await open()
    await page.getByText('retired 6').click()
    await expect.poll(() => page.getByRole('status').first().textContent()).toBe('6 models')
    await page.getByText('deprecated 1').click()
    await expect.poll(() => page.getByRole('status').first().textContent()).toBe('1 model')
  })
})

describe('without a script', () => {
  test('all is there, and nothing that would need one', async () => {
    const page = await open(withoutScript)
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
    expect(await page.getByRole('img', { name: 'Lifelines' }).isVisible()).toBe(true)
    expect(await page.locator('model-list a').isVisible()).toBe(true)
    expect(await page.locator('model-picker select').isEnabled()).toBe(true)
    expect(await page.locator('time[data-ago]').innerText()).toMatch(
      /^\w+ \d+, \d{4}, \d\d:\d\d UTC$/,
    )
  })
})

test('nothing waits for the widget', async () => {
  const held = Promise.withResolvers<void>()
  const hold = (tab: Page) =>
    tab.route('**/widget.js', async (route) => {
      await held.promise
      await route.continue()
    })
  // The load event waits for it, of course.
  const page = await open({}, hold, { waitUntil: 'commit' })
  await expect.poll(() => page.getByRole('button', { name: 'Copy: curl' }).isVisible()).toBe(true)
  expect(await page.locator('.origin').first().textContent()).toBe(service.origin)
  expect(await page.evaluate(() => customElements.get('model-list') === undefined)).toBe(true)
  held.resolve()
})

describe('in a browser of some years ago', () => {
  test('there are no filters that do nothing, and everything has its colour', async () => {
    // What an older one does not understand is taken out of what it gets.
    const page = await open({ bypassCSP: true, ...withoutScript }, (tab) =>
      tab.route('**/', async (route) => {
        const response = await route.fetch()
        const body = (await response.text())
          .replaceAll('@supports not selector(:has(*))', '@media all')
          .replace(/<style>[^<]*:has\([^<]*\{display:none\}[^<]*<\/style>/, '')
        await route.fulfill({ response, body })
      }),
    )
    expect(await page.locator('.filters').isVisible()).toBe(false)
    expect(await visibleIds(page)).toEqual(models.map(({ id }) => id))
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(
      'light-dark(',
    )
  })
})

test('in colours that the system forces, the picture has its own three', async () => {
  const page = await open({ forcedColors: 'active' })
  const colours = await page.evaluate(() =>
    ['.active .life', '.deprecated .due', '.retired .life', 'text'].map((part) => {
      const piece = document.querySelector(`svg ${part}`)
      return piece && getComputedStyle(piece).fill
    }),
  )
  expect(new Set(colours).size).toBeGreaterThanOrEqual(3)
  const [paper, ink] = await page.evaluate(() => [
    getComputedStyle(document.body).backgroundColor,
    getComputedStyle(document.querySelector('svg text.year')!).fill,
  ])
  expect(ink).not.toBe(paper)
})

test('what can be clicked is large enough to be hit', async () => {
  const page = await open()
  await page.locator('model-list').scrollIntoViewIfNeeded()
  await expect.poll(() => page.locator('model-list').getByRole('listitem').count()).toBe(3)
  const small = await page.getByRole('button').evaluateAll((buttons) =>
    buttons
      .map((button) => button.getBoundingClientRect())
      .filter(({ height, width }) => height < 24 || width < 24)
      .map(({ height, width }) => [width, height]),
  )
  expect(small).toEqual([])
})

test('what is focused shows it', async () => {
  const page = await open()
  await page.keyboard.press('Tab')
  expect(
    await page.locator('.skip').evaluate((link) => link.getBoundingClientRect().top >= 0),
  ).toBe(true)
  for (const role of ['link', 'button'] as const) {
    await page.getByRole(role).nth(3).focus()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle)).toBe(
      'solid',
    )
  }
  await page.getByRole('radio').first().focus()
  await page.keyboard.press('ArrowRight')
  const outline = await page
    .locator('label:has(:focus-visible)')
    .evaluate((label) => getComputedStyle(label).outlineStyle)
  expect(outline).toBe('solid')
})

test('nothing but the document is needed to show it', async () => {
  const page = await open({}, (tab) =>
    tab.route('**/*', (route) =>
      route.request().resourceType() === 'document' ? route.continue() : route.abort(),
    ),
  )
  expect(await visibleIds(page)).toHaveLength(current.length)
  const look = await page.locator('h1').evaluate((title) => ({
    size: Number.parseFloat(getComputedStyle(title).fontSize),
    paper: getComputedStyle(document.body).backgroundColor,
  }))
  expect(look.size).toBeGreaterThan(40)
  expect(look.paper).toBe('rgb(251, 249, 244)')
  await expect.poll(() => complaints.length).toBeGreaterThan(0)
  for (const complaint of complaints.splice(0)) expect(complaint).toContain('ERR_FAILED')
})

describe('every size', () => {
  const widths = [320, 360, 768, 1280, 2560]

  test.each(widths)('%i pixels wide, nothing is cut off', async (width) => {
    const page = await open({ viewport: { width, height: 800 } })
    await page.locator('model-list').scrollIntoViewIfNeeded()
    await expect.poll(() => page.locator('model-list').getByRole('listitem').count()).toBe(3)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    )
    // The names in the picture stay in the picture.
    const outside = await page.locator('svg g text').evaluateAll(
      (texts) =>
        texts.filter((text) => {
          const { left, right } = text.getBoundingClientRect()
          return left < 0 || right > innerWidth
        }).length,
    )
    expect(outside).toBe(0)
  })

  test.each([
    ['names that are too long', 'a-name-without-any-space-in-it'.repeat(6)],
    ['names that are wide', 'WWWWWWWWWWWWWWWWWWWWWWWW'],
  ])('holds %s', async (_, name) => {
    const { models: before } = pages.upstream
    const fields = { display_name: name, line: name, lifecycle: 'deprecated' }
    pages.upstream.models = before.map((json, index) =>
      index > 2
        ? json
        : JSON.stringify({
            ...(JSON.parse(json) as object),
            ...fields,
            id: `${name}-${index}`,
            retires_at: `2099-0${index + 1}-01T00:00:00Z`,
          }),
    )
    try {
      await syncTwice()
      for (const width of [320, 1280]) {
        const page = await open({ viewport: { width, height: 800 } })
        // A font as wide as any that people may have.
        await page
          .addStyleTag({ content: 'body { font-family: monospace }' })
          .catch(() => undefined)
        complaints.splice(0)
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll('main *')]
            .filter(
              (part) =>
                part.getBoundingClientRect().right > innerWidth && !part.closest('svg, pre'),
            )
            .map(({ outerHTML }) => outerHTML.slice(0, 80)),
        )
        expect(wide).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      }
    } finally {
      pages.upstream.models = before
      await syncTwice()
    }
  })

  test('on paper there is nothing to click', async () => {
    const page = await open()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    for (const hidden of ['nav', 'button', '.live']) {
      expect(await page.locator(hidden).first().isVisible()).toBe(false)
    }
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).color)).toBe(
      'rgb(0, 0, 0)',
    )
    expect(await page.locator('tbody tr').first().isVisible()).toBe(true)
    // Which models these are is said all the same.
    const chosen = await page.locator('.filters label').filter({ visible: true }).allInnerTexts()
    expect(chosen.map((text) => text.replace('\n', ' '))).toEqual(['current 14', 'every line'])
  })
})

describe('its weight', () => {
  const LIMIT = 30_000

  test('is under 30 kB with all that it asks for', async () => {
    const weight = await weightOf()
    process.stdout.write(`the page and all that it asks for: ${weight} bytes (brotli)\n`)
    expect(weight).toBeLessThan(LIMIT)
  })

  test('stays there with 1,000 models, however they are called', async () => {
    const { models: before } = pages.upstream
    const [, , ...rest] = before
    const long = 'a-name-without-any-space-in-it'.repeat(8)
    pages.upstream.models = [
      ...rest,
      ...Array.from({ length: 1000 }, (_, n) =>
        JSON.stringify({
          type: 'model',
          id: `claude-${n}-${n * 7919}`,
          display_name: n === 1 ? long : `Claude ${n}`,
          created_at: new Date(Date.UTC(2026, 0, 1) - n * 8e6).toISOString(),
          line: `line-${n % 30}`,
        }),
      ),
    ]
    try {
      await syncTwice()
      expect(await weightOf()).toBeLessThan(LIMIT)
      const page = await open(phone)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    } finally {
      pages.upstream.models = before
      await syncTwice()
    }
  })
})

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const { violations, passes } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  )
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  expect(passes.length).toBeGreaterThan(20)
}

/** The bytes of all that the browser asks for, compressed as a network would. */
async function weightOf(): Promise<number> {
  const bodies: Promise<Buffer>[] = []
  const page = await open({}, (tab) => tab.on('response', (answer) => bodies.push(answer.body())))
  await page.locator('model-list').scrollIntoViewIfNeeded()
  await expect.poll(() => page.locator('model-list').getByRole('listitem').count()).toBe(3)
  await expect.poll(() => page.locator('model-picker option').count()).toBeGreaterThan(1)
  await page.waitForLoadState('networkidle')
  expect(bodies.length).toBeGreaterThanOrEqual(5) // the document, the widget, /health, two lists
  const sizes = (await Promise.all(bodies)).map((body) => brotliCompressSync(body).byteLength)
  return sizes.reduce((one, other) => one + other)
}
