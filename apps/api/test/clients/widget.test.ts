import { bundle } from '@models-edge/widget/bundle'
import axe, { type AxeResults } from 'axe-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { startKv } from '@models-edge/testing/kv'
import { startUpstream } from '@models-edge/testing/upstream'
import { useService } from '../started/service.ts'
import { useSite, type Visit } from '../started/site.ts'
import { models, useStandIn } from '../started/stand-in.ts'
import { startWorkerd } from '../started/workerd.ts'

const standIn = useStandIn()
const service = useService({ upstream: () => standIn.origin })
const site = useSite()

const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')
const idsOf = (some: typeof models): string[] => some.map(({ id }) => id)

/** When the stand-in's models were so. */
const now = '2026-11-20T12:00:00Z'

beforeAll(() => service.tick())

const script = (origin: string): string =>
  `<script type="module" src="${origin}/widget.js"></script>`
const list = (attributes = ''): string =>
  `<model-list ${attributes}><a href="https://models.example">Our own words</a></model-list>`
const form = `<form><model-picker>
  <label for="model">Model</label>
  <select id="model" name="model">
    <option value="">The newest</option>
    <option value="claude-2" selected>claude-2</option>
  </select>
</model-picker></form>`

/** A page that pasted the script and this, of the service that all tests share. */
function paste(body: string, options?: Parameters<typeof site.visit>[2]): Promise<Visit> {
  return site.visit(`${script(service.origin)}\n${body}`, service.origin, options)
}

const ownWordsShow = ({ page }: Visit): Promise<boolean> =>
  page.getByText('Our own words').isVisible()

const eventsOf = async (visit: Visit, name: string): Promise<string[]> =>
  (await visit.told())
    .filter((event) => event.startsWith(name))
    .map((event) => event.slice(name.length + 1))

const formData = ({ page }: Visit): Promise<unknown> =>
  page.evaluate(() => [...new FormData(document.forms[0])])

/** What a person copies from the service's own page. */
async function copied(containing: string): Promise<string> {
  const { page } = await site.visit('', service.origin)
  await page.goto(service.origin)
  return (await page.locator('pre', { hasText: containing }).first().textContent()) ?? ''
}

test('the policy of the pages is on, or these tests would show nothing', async () => {
  const { page } = await site.visit('', service.origin)
  const results = await page.evaluate(async () => {
    const tries = [
      () => fetch('https://models.example'),
      () => (document.body.innerHTML = '<b>markup</b>'),
    ]
    const settled = await Promise.allSettled(tries.map(async (attempt) => attempt()))
    return settled.map(({ status }) => status)
  })
  expect(results).toEqual(['rejected', 'rejected'])
  const violations = (): Promise<string[]> =>
    page.evaluate(() => globalThis.seen.violations.map((violation) => violation.split(':')[0]!))
  await expect.poll(violations).toEqual(['connect-src', 'require-trusted-types-for'])
  await page.evaluate(() => globalThis.seen.violations.splice(0))
})

describe('what is pasted', () => {
  test('two lines show the models, newest first, with badges', async () => {
    const visit = await paste(list(), { now })
    await visit.until('model-list loadend')
    expect(await visit.texts('id')).toEqual(idsOf(current))
    expect(await visit.texts('name')).toEqual(current.map(({ display_name }) => display_name))
    expect(await visit.texts('badge')).toEqual(['retires in 10 days'])
    expect(await visit.texts('status')).toEqual([`models: ${current.length}`])
    expect(await ownWordsShow(visit)).toBe(false)
    expect(await visit.told()).toEqual([
      'model-list loadstart',
      'model-list load',
      'model-list loadend',
    ])
  })

  test.each(['<model-list', '<model-picker'])('the page’s own snippet works: %s', async (tag) => {
    const visit = await site.visit(await copied(tag), service.origin)
    await visit.until(`${tag.slice(1)} load`)
  })

  test('the pinned script with its hash does the same', async () => {
    const pinned = await copied('integrity=')
    expect(pinned).toContain(`src="${service.origin}/widget/`)
    const visit = await site.visit(pinned + list(), service.origin)
    await visit.until('model-list load')
    expect(await visit.texts('id')).toEqual(idsOf(current))
  })

  test('a script with another hash is refused, and the page stays what it was', async () => {
    const pinned = await copied('integrity=')
    const other = pinned.replace(/sha384-.{4}/, 'sha384-AAAA')
    expect(other).not.toBe(pinned)
    const visit = await site.visit(other + list() + form, service.origin)
    const defined = await visit.page.evaluate(() => customElements.get('model-list') !== undefined)
    expect([defined, await ownWordsShow(visit)]).toEqual([false, true])
    expect(visit.sent.map(({ url }) => new URL(url).origin)).toContain(service.origin)
    expect(await formData(visit)).toEqual([['model', 'claude-2']])
    expect(await visit.told()).toEqual([])
  })

  test('without JavaScript everything stays what it was', async () => {
    const visit = await paste(list() + form, { javaScriptEnabled: false })
    expect(await ownWordsShow(visit)).toBe(true)
    expect(await visit.page.getByLabel('Model').inputValue()).toBe('claude-2')
  })

  test('is the widget’s file to the byte', async () => {
    const response = await fetch(`${service.origin}/widget.js`)
    expect(await response.text()).toBe(await bundle())
  })

  test('costs one request each, without preflight, cookie or credential', async () => {
    // Cookies know no port: this one is the site's, and the service's too.
    const cookie = { name: 'session', value: 'secret', domain: '127.0.0.1', path: '/', expires: -1 }
    const rest = { httpOnly: false, secure: false, sameSite: 'Lax' } as const
    const visit = await paste(list() + form, {
      storageState: { cookies: [{ ...cookie, ...rest }], origins: [] },
    })
    await visit.until('model-list load')
    await visit.until('model-picker load')
    const [own, ...sent] = visit.sent
    const asked = sent.map(({ method, url }) => `${method} ${url.replace(service.origin, '')}`)
    expect(asked.toSorted()).toEqual([
      'GET /v1/models?limit=1000',
      'GET /v1/models?limit=20',
      'GET /widget.js',
    ])
    const names = [own!, ...sent].map(({ headers }) =>
      Object.keys(headers)
        .map((name) => name.toLowerCase())
        .filter((name) => ['authorization', 'cookie', 'user-agent', 'x-api-key'].includes(name)),
    )
    expect(names.map((some) => some.toSorted())).toEqual([
      ['cookie', 'user-agent'],
      ['user-agent'],
      ['user-agent'],
      ['user-agent'],
    ])
  })

  test('lets the page see how long it took', async () => {
    const visit = await paste(list())
    await visit.until('model-list load')
    const timings = await visit.page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(
        ({ name, responseStart, transferSize }) => ({
          path: new URL(name).pathname,
          told: responseStart > 0 && transferSize > 0,
        }),
      ),
    )
    expect(timings).toEqual([
      { path: '/widget.js', told: true },
      { path: '/v1/models', told: true },
    ])
  })
})

describe('a list', () => {
  test('pages by the cursor to the end', async () => {
    const visit = await paste(list('limit="3"'))
    const pages = Math.ceil(current.length / 3)
    for (let page = 1; page <= pages; page++) {
      if (page > 1) await visit.page.getByRole('button', { name: 'more', exact: true }).click()
      await visit.until('model-list load', page)
      expect(await visit.texts('id')).toEqual(idsOf(current.slice(0, page * 3)))
    }
    expect(await visit.texts('more')).toEqual([''])
    const asked = visit.sent.map(({ url }) => new URL(url).searchParams.get('after_id'))
    expect(asked.slice(-pages)).toEqual(
      Array.from({ length: pages }, (_, page) => current[page * 3 - 1]?.id ?? null),
    )
  })

  test.each([
    ['lifecycle="retired"', idsOf(models.filter(({ lifecycle }) => lifecycle === 'retired'))],
    ['lifecycle="deprecated, retired active"', idsOf(models)],
    ['line="opus"', idsOf(current.filter(({ line }) => line === 'opus'))],
    [
      'line="other" lifecycle="retired"',
      idsOf(models.filter(({ line, lifecycle }) => line === null && lifecycle === 'retired')),
    ],
  ])('keeps to %s', async (attributes, ids) => {
    const visit = await paste(list(attributes))
    await visit.until('model-list load')
    expect(ids.length).toBeGreaterThan(0)
    expect(await visit.texts('id')).toEqual(ids)
  })

  test('asks once for many changes, and ends with the last', async () => {
    const visit = await paste(list())
    await visit.until('model-list load')
    const before = visit.sent.length
    await visit.page.evaluate(() => {
      const element = document.querySelector('model-list')!
      for (const line of ['opus', 'sonnet', 'none', 'haiku']) element.setAttribute('line', line)
      for (const lifecycle of ['retired', 'active']) element.setAttribute('lifecycle', lifecycle)
    })
    await visit.until('model-list load', 2)
    const last = current.filter(({ line, lifecycle }) => line === 'haiku' && lifecycle === 'active')
    expect(await visit.texts('id')).toEqual(idsOf(last))
    expect(visit.sent.slice(before).map(({ url }) => new URL(url).search)).toEqual([
      '?limit=1000&lifecycle[]=active',
    ])
  })

  test('ends with the last change, also when the answer before it comes later', async () => {
    const visit = await paste(list('limit="3"'))
    await visit.until('model-list load')
    const late = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    await visit.page.route(/retired/, async (route) => {
      await late.promise
      // The browser may have given it up by now.
      await route.continue().catch(() => undefined)
      await route
        .request()
        .response()
        .catch(() => undefined)
      answered.resolve()
    })
    const change = (lifecycle: string): Promise<void> =>
      visit.page.evaluate(
        (value) => document.querySelector('model-list')!.setAttribute('lifecycle', value),
        lifecycle,
      )
    await change('retired')
    await visit.until('model-list loadstart', 2)
    await change('active')
    await visit.until('model-list load', 2)
    late.resolve()
    await answered.promise
    await visit.page.evaluate(() => new Promise((done) => setTimeout(done, 100)))
    const active = models.filter(({ lifecycle }) => lifecycle === 'active')
    expect(await visit.texts('id')).toEqual(idsOf(active.slice(0, 3)))
    expect(await visit.told()).not.toContain('model-list error')
  })

  test('copies an id, and tells so', async () => {
    const visit = await paste(list())
    await visit.until('model-list load')
    const { id } = current[1]!
    await visit.page.getByRole('button', { name: `copy ${id}` }).click()
    await visit.until(`model-list copy-id ${id}`)
    expect(await visit.page.evaluate(() => navigator.clipboard.readText())).toBe(id)
    expect(await visit.texts('status')).toEqual([`copied ${id}`])
  })
})

describe('a picker', () => {
  test('groups the models by line, and keeps what was saved', async () => {
    const visit = await paste(form)
    await visit.until('model-picker load')
    const groups = Map.groupBy(current, ({ line }) => line ?? 'other')
    expect(groups.size).toBeGreaterThan(3)
    expect(await visit.options()).toEqual([
      'The newest',
      ...[...groups].flatMap(([line, members]) =>
        members.map(({ display_name, lifecycle }) =>
          lifecycle === 'deprecated'
            ? `${line}: ${display_name} (until Nov 30, 2026)`
            : `${line}: ${display_name}`,
        ),
      ),
      'unknown: claude-2',
    ])
    expect(await formData(visit)).toEqual([['model', 'claude-2']])
  })

  test('keeps a saved value that is known, under its name', async () => {
    const { id, display_name } = current[2]!
    const visit = await paste(form.replaceAll('claude-2', id))
    await visit.until('model-picker load')
    expect(await formData(visit)).toEqual([['model', id]])
    const chosen = visit.page.getByLabel('Model').locator('option:checked')
    expect(await chosen.textContent()).toBe(display_name)
    expect((await visit.options()).join()).not.toContain('unknown')
  })
})

describe('when there is no answer', () => {
  const failed = ['loadstart', 'error', 'loadend']

  test('before the first sync, the page stays what it was, and hears of it', async () => {
    await using kv = await startKv()
    await using upstream = await startUpstream({ models: [], instead: () => ({ status: 500 }) })
    await using workerd = await startWorkerd(kv.origin, upstream.origin)
    expect((await fetch(`${workerd.origin}/v1/models`)).status).toBe(503)
    const visit = await site.visit(script(workerd.origin) + list() + form, workerd.origin)
    await visit.until('model-list loadend')
    await visit.until('model-picker loadend')
    expect(await eventsOf(visit, 'model-list')).toEqual(failed)
    expect(await eventsOf(visit, 'model-picker')).toEqual(failed)
    expect(await ownWordsShow(visit)).toBe(true)
    expect(await formData(visit)).toEqual([['model', 'claude-2']])
  })

  test('once the service is gone, the page’s own words come back, and the form keeps its value', async () => {
    await using kv = await startKv()
    await using upstream = await startUpstream({ models: [wire('claude-odd-6', 'Odd')] })
    await using workerd = await startWorkerd(kv.origin, upstream.origin)
    const visit = await site.visit(script(workerd.origin) + list() + form, workerd.origin)
    await visit.until('model-list load')
    await visit.until('model-picker load')
    await visit.page.getByLabel('Model').selectOption('claude-odd-6')
    await workerd.close()
    await visit.page.evaluate(() => {
      for (const each of document.querySelectorAll('model-list, model-picker'))
        each.setAttribute('lifecycle', 'active')
    })
    await visit.until('model-list error')
    await visit.until('model-picker error')
    expect(await visit.texts('id')).toEqual([])
    expect(await ownWordsShow(visit)).toBe(true)
    expect(await formData(visit)).toEqual([['model', 'claude-odd-6']])

    const late = await site.visit(script(workerd.origin) + list() + form, workerd.origin)
    expect(await ownWordsShow(late)).toBe(true)
    expect(await formData(late)).toEqual([['model', 'claude-2']])
    expect(await late.told()).toEqual([])
  })
})

/** A model as the API writes it. */
function wire(id: string, display_name: string, line = 'opus'): string {
  const created_at = '2026-11-01T00:00:00Z'
  return JSON.stringify({ type: 'model', id, display_name, created_at, line, lifecycle: 'active' })
}

/** Both elements on a page, of a service whose upstream lists this. */
async function shown(listed: readonly string[]): Promise<readonly [string[], string[], number]> {
  await using kv = await startKv()
  await using upstream = await startUpstream({ models: listed })
  await using workerd = await startWorkerd(kv.origin, upstream.origin)
  const body = script(workerd.origin) + list('limit="1000"') + form
  const visit = await site.visit(body, workerd.origin)
  await visit.until('model-list load')
  await visit.until('model-picker load')
  const foreign = await visit.page.locator('main :is(img, i, u, b):not([part])').count()
  return [await visit.texts('name'), await visit.options(), foreign]
}

describe('whatever upstream lists', () => {
  test('markup in names is text', async () => {
    const name = '<img src=x onerror=alert(1)></li></script><b>$&\u202e'
    const [names, options, foreign] = await shown([wire('claude-<i>-"6"', name, '<u>')])
    expect(names).toEqual([name])
    expect(options).toContain(`<u>: ${name}`)
    expect(foreign).toBe(0)
  })

  test('1,000 models are shown and offered', async () => {
    const listed = Array.from({ length: 1000 }, (_, place) => `Claude ${1000 - place}`)
    const [names, options] = await shown(
      listed.map((name, place) => wire(`claude-many-${1000 - place}`, name)),
    )
    expect(names).toEqual(listed)
    expect(options).toHaveLength(1002)
  })
})

declare global {
  var axe: { run(): Promise<AxeResults> }
}

function told(results: AxeResults['violations']): string[] {
  return results.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join()}`,
  )
}

test.each(['light', 'dark'] as const)('axe finds no fault in %s', async (colorScheme) => {
  const body = list('lifecycle="active deprecated retired" limit="16"') + form
  const visit = await paste(body, { colorScheme, probe: axe.source })
  await visit.until('model-list load')
  await visit.until('model-picker load')
  const { violations, incomplete, passes } = await visit.page.evaluate(() => globalThis.axe.run())
  expect([told(violations), told(incomplete)]).toEqual([[], []])
  expect(passes.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['color-contrast', 'button-name', 'select-name']),
  )
})
