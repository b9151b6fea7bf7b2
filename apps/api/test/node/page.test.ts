import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './browser.ts'
import { startUpstream } from './recorded-upstream.ts'
import { useService } from './service.ts'
import { models } from './stand-in.ts'

const upstream = await startUpstream({ models: models.map((model) => JSON.stringify(model)) })
const service = useService({ upstream: () => upstream.origin })
const empty = useService({ upstream: () => 'http://127.0.0.1:9' })
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')

let browser: Browser
beforeAll(async () => {
  await service.tick()
  browser = await launchBrowser()
  return async () => {
    await browser.close()
    await upstream.close()
  }
})

const opened: Page[] = []
/** Whatever a browser complains of: violations of the policy, errors of scripts, missing files. */
const complaints: string[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.context().close()))
  expect(complaints.splice(0)).toEqual([])
})

async function open(
  options: BrowserContextOptions = {},
  before?: (page: Page) => unknown,
  origin = service.origin,
  waitUntil: 'load' | 'commit' = 'load',
) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  opened.push(page)
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await before?.(page)
  await page.goto(origin, { waitUntil })
  return page
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
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(event.effectiveDirective),
    )
    document.body.setAttribute('style', 'color: red')
    try {
      document.body.innerHTML = '<p>'
    } catch {}
    await new Promise((done) => setTimeout(done, 100))
    return seen
  })
  expect(refused).toEqual(['style-src-attr', 'require-trusted-types-for'])
  expect(complaints.splice(0)).toHaveLength(2)
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
    const page = await open({ bypassCSP: true }, undefined, empty.origin)
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
  const page = await open({}, hold, service.origin, 'commit')
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

describe('copying', () => {
  const permitted = { permissions: ['clipboard-read', 'clipboard-write'] }

  test('an id, by keyboard, is announced', async () => {
    const page = await open(permitted)
    const button = page.getByRole('button', { name: `Copy ${current[0]!.id}` }).first()
    await button.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => button.textContent()).toBe('copied')
    expect(await page.getByRole('status').first().textContent()).toBe(`copied: ${current[0]!.id}`)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(current[0]!.id)
  })

  test('a snippet gives it to the letter, with the address that the page has', async () => {
    const page = await open(permitted)
    await page.getByRole('button', { name: 'Copy: curl' }).click()
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(`curl ${service.origin}/v1/models`)
  })

  test('where there is no clipboard is said', async () => {
    const page = await open({}, (tab) =>
      tab.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined })),
    )
    const button = page.getByRole('button', { name: 'Copy: curl' })
    await button.click()
    await expect.poll(() => button.textContent()).toBe('not copied')
  })

  test('that the browser does not let happen is said', async () => {
    const page = await open({}, (tab) =>
      tab.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('no'))
      }),
    )
    const button = page.getByRole('button', { name: 'Copy: curl' })
    await button.click()
    await expect.poll(() => button.textContent()).toBe('not copied')
    await expect.poll(() => button.textContent(), { timeout: 5000 }).toBe('copy')
  })
})

describe('the snippets', () => {
  const ids = current.map(({ id }) => id)

  test('for fetch, the SDK and core run, and print every current model', async () => {
    expect(await printed(await snippet('TypeScript SDK'))).toBe(`${ids.join('\n')}\n`)
    const core = await printed(await snippet('core, the library underneath'))
    expect(core.trim().split('\n')).toEqual(
      current.map(({ id, lifecycle }) => `${id} ${lifecycle}`),
    )
    const fetched = await printed(await snippet('fetch'))
    for (const id of ids) expect(fetched).toContain(`'${id}'`)
  })

  test('for curl and Python name the right address', async () => {
    const [, url] = /^curl (\S+)$/.exec(await snippet('curl'))!
    const { data } = (await (await fetch(url!)).json()) as { data: { id: string }[] }
    expect(data.map(({ id }) => id)).toEqual(ids)
    expect(await snippet('Python SDK')).toContain(`base_url="${service.origin}"`)
  })
})

describe('the moment', () => {
  test('tells how long ago the sync was', async () => {
    const page = await open({}, (tab) => tab.clock.install({ time: Date.now() + 3 * 60_000 }))
    const ago = () =>
      page.locator('time[data-ago]').evaluate((time) => getComputedStyle(time, '::after').content)
    expect(await ago()).toMatch(/^" \([345] minutes ago\)"$/)
    await page.clock.fastForward(2 * 3_600_000)
    await expect.poll(ago).toBe('" (2 hours ago)"')
    await page.clock.fastForward(72 * 3_600_000)
    await expect.poll(ago).toBe('" (3 days ago)"')
  })

  test('counts the days on', async () => {
    const due = models.find(({ lifecycle }) => lifecycle === 'deprecated')!
    const soon = async (before: number) => {
      const time = Date.parse(due.retires_at!) - before * 86_400_000
      const page = await open({}, (tab) => tab.clock.install({ time }))
      return page.locator('.soon').innerText()
    }
    expect(await soon(3.5)).toMatch(/^4\s+days left/)
    expect(await soon(0.5)).toMatch(/^1\s+day left/)
    expect(await soon(-5)).toMatch(/^0\s+days left/)
  })

  test('of a clock that is behind is no time in the future', async () => {
    const page = await open({}, (tab) => tab.clock.install({ time: Date.now() - 3_600_000 }))
    const ago = await page.locator('time[data-ago]').getAttribute('data-ago')
    expect(ago).toBe(' (this minute)')
  })

  test('counts how often the sync has failed', async () => {
    const last_failure = { reason: 'timeout', in_a_row: 12 }
    const page = await open({}, (tab) =>
      tab.route('**/health', (route) =>
        route.fulfill({ json: { status: 'degraded', last_failure } }),
      ),
    )
    await expect
      .poll(() => page.locator('#freshness').innerText())
      .toContain('The last 12 syncs failed (timeout): shown is the last good copy.')
  })

  test('tells that no sync comes through, for no reason that is known', async () => {
    const page = await open({}, (tab) =>
      tab.route('**/health', (route) =>
        route.fulfill({ json: { status: 'degraded', last_failure: null } }),
      ),
    )
    const freshness = page.locator('#freshness')
    await expect
      .poll(() => freshness.innerText())
      .toMatch(/\. No sync has come through for a while: shown is the last good copy\.$/)
    expect(await freshness.getAttribute('class')).toBe('stale')
  })

  test('that /health cannot tell changes nothing', async () => {
    for (const body of ['<html>', '{}', '{"status":"ok"}']) {
      const asked = Promise.withResolvers<void>()
      const page = await open({}, (tab) =>
        tab.route('**/health', async (route) => {
          await route.fulfill({ body })
          asked.resolve()
        }),
      )
      await asked.promise
      await page.waitForLoadState('networkidle')
      if (body !== '{}')
        expect(await page.locator('#freshness').innerText()).toMatch(/^As of .*UTC\.$/)
    }
  })

  test('tells that the sync is failing', async () => {
    upstream.recording.instead = () => ({ status: 529, body: '{"type":"error","error":{}}' })
    try {
      await service.tick()
      const page = await open()
      const freshness = page.locator('#freshness')
      await expect
        .poll(() => freshness.innerText())
        .toMatch(/The last sync failed \(overloaded\): shown is the last good copy\.$/)
    } finally {
      upstream.recording.instead = undefined
      await service.tick(6)
    }
  })
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
    const { models: before } = upstream.recording
    const fields = { display_name: name, line: name, lifecycle: 'deprecated' }
    upstream.recording.models = before.map((json, index) =>
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
      await service.tick(14)
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
      upstream.recording.models = before
      for (const hours of [16, 18]) await service.tick(hours)
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
    const { models: before } = upstream.recording
    const [, , ...rest] = before
    const long = 'a-name-without-any-space-in-it'.repeat(8)
    upstream.recording.models = [
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
      await service.tick(8)
      expect(await weightOf()).toBeLessThan(LIMIT)
      const page = await open(phone)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    } finally {
      upstream.recording.models = before
      for (const hours of [10, 12]) await service.tick(hours)
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

async function snippet(title: string): Promise<string> {
  const page = await open()
  return page
    .locator('article', { has: page.getByRole('heading', { name: title, exact: true }) })
    .locator('code')
    .evaluate((code) => code.textContent ?? '')
}

/** What a program prints that stands in this package. */
async function printed(code: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', code],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  )
  return stdout
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
