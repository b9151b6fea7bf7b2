import { describe, expect, test } from 'vitest'
import { isChromium, readsClipboard } from './browser.ts'
import { markup, models } from './models.ts'
import { until, useStage } from './stage.ts'

const stage = useStage()

const list = (base: string, rest = '', children = '<p>Our own words</p>') =>
  `<model-list src="${base}" ${rest}>${children}</model-list>`

/** A list that has loaded. */
async function loaded(mood: Parameters<typeof stage.api.base>[0], rest = '') {
  const base = stage.api.base(mood)
  const tab = await stage.open(list(base, rest))
  await until(tab, 'loadend')
  return { tab, base }
}

const shownByDefault = models.filter(({ lifecycle }) => lifecycle !== 'retired')

describe('a list', () => {
  test('shows the models, newest first, with their ids', async () => {
    const { tab } = await loaded('ok')
    const shown = await tab.evaluate(() => ({
      names: texts('name'),
      ids: texts('id'),
      fallback: fallbackShown(),
      events: seen.events,
    }))
    expect(shown).toEqual({
      names: shownByDefault.map(({ display_name }) => display_name),
      ids: shownByDefault.map(({ id }) => id),
      fallback: false,
      events: ['loadstart', 'load', 'loadend'],
    })
  })

  test('shows windows in human units, and days in UTC', async () => {
    const { tab } = await loaded('ok', 'limit="1"')
    expect(
      await tab.evaluate(() => ['context', 'output', 'date'].map((part) => texts(part))),
    ).toEqual([['200K context'], ['128K output'], ['Oct 7, 2026']])
  })

  test('leaves out what nobody knows', async () => {
    const { tab } = await loaded('ok')
    const row = await tab.evaluate(() => pieces('model')[4]?.textContent)
    expect(row).toBe('Claude Enigmaclaude-enigmacopy')
  })

  test('has a badge where it matters', async () => {
    const { tab } = await loaded('ok', 'lifecycle="active deprecated retired"')
    const badges = await tab.evaluate(() =>
      pieces('model').map((row) => row.querySelector('[part~=badge]')?.textContent ?? ''),
    )
    expect(badges).toEqual([
      '',
      '',
      '',
      'deprecated',
      '',
      'retires in 10 days',
      'overdue',
      'retired',
    ])
    const parts = await tab.evaluate(() => pieces('badge').map(({ part }) => part.value))
    expect(parts).toEqual(['badge deprecated', 'badge retires *', 'badge overdue', 'badge retired'])
  })

  test('understands an answer of 2024', async () => {
    const { tab } = await loaded('bare')
    expect(await tab.evaluate(() => pieces('model').map((row) => row.textContent))).toEqual([
      'Claude OldJan 1, 2024claude-oldcopy',
    ])
  })

  test('takes names as text, never as markup', async () => {
    const { tab } = await loaded('markup')
    const shown = await tab.evaluate(() => ({
      names: texts('name'),
      ids: texts('id'),
      labels: pieces('copy').map(({ ariaLabel }) => ariaLabel),
      images: one('model-list').shadowRoot?.querySelectorAll('img, i').length,
    }))
    expect(shown).toEqual({
      names: [markup],
      ids: ['claude-<i>-$&'],
      labels: ['copy claude-<i>-$&'],
      images: 0,
    })
  })

  test('shows 1,000 models', async () => {
    const { tab, base } = await loaded('thousand', 'limit="1000"')
    const shown = await tab.evaluate(() => ({ rows: texts('name').length, more: texts('more') }))
    expect(shown).toEqual({ rows: 1000, more: [''] })
    const took = await tab.evaluate(async () => {
      const start = performance.now()
      await one('model-list').load()
      return performance.now() - start
    })
    expect(took).toBeLessThan(1500)
    expect(stage.api.asked(base)).toHaveLength(2)
  })
})

describe('a request', () => {
  test('is one simple GET, without cookie, credential or header of ours', async () => {
    const base = stage.api.base('ok')
    const tab = await stage.open(list(stage.api.base('empty')))
    await until(tab, 'loadend')
    await tab.evaluate((src) => {
      document.cookie = 'session=secret'
      one('model-list').setAttribute('src', src)
    }, base)
    await until(tab, 'loadend', 2)
    const [asked, ...rest] = stage.api.asked(base)
    expect(rest).toEqual([])
    expect(asked).toMatchObject({ method: 'GET', query: '?limit=20' })
    const usual =
      /^(accept|accept-encoding|accept-language|cache-control|connection|host|origin|pragma|priority|referer|sec-.*|user-agent)$/
    expect(Object.keys(asked?.headers ?? {}).filter((name) => !usual.test(name))).toEqual([])
  })

  test('waits until the element comes near the viewport', async () => {
    const base = stage.api.base('ok')
    const tab = await stage.open(`<div class="far"></div>${list(base)}`)
    await tab.evaluate(() => new Promise((done) => setTimeout(done, 200)))
    expect(stage.api.asked(base)).toEqual([])
    expect(await tab.evaluate(() => fallbackShown())).toBe(true)
    await tab.evaluate(() => scrollTo(0, innerHeight * 3.7))
    await until(tab, 'load')
    await tab.evaluate(() => scrollTo(0, 0))
    await tab.evaluate(() => scrollTo(0, 1e6))
    await tab.evaluate(() => new Promise((done) => setTimeout(done, 100)))
    expect(stage.api.asked(base)).toHaveLength(1)
  })

  test.each([
    ['limit="3"', '?limit=3', 3],
    ['lifecycle="retired"', '?limit=20&lifecycle[]=retired', 1],
    ['lifecycle="deprecated, retired"', '?limit=20&lifecycle[]=deprecated&lifecycle[]=retired', 4],
    ['line="opus"', '?limit=1000', 3],
    ['line="other"', '?limit=1000', 1],
    ['line="opus" limit="2"', '?limit=1000', 2],
    ['line=""', '?limit=20', 7],
    ['line="none"', '?limit=1000', 0],
  ])('says what %s asks for', async (attributes, query, rows) => {
    const { tab, base } = await loaded('ok', attributes)
    expect(stage.api.asked(base).map((asked) => asked.query)).toEqual([query])
    expect(await tab.evaluate(() => texts('name').length)).toBe(rows)
    expect(await tab.evaluate(() => fallbackShown())).toBe(rows === 0)
  })

  test('goes to the origin of the script unless told otherwise', async () => {
    const tab = await stage.open('<model-list></model-list>', {
      script: `${stage.api.url}/widget.js`,
    })
    await until(tab, 'load')
    expect(await tab.evaluate(() => texts('name').length)).toBe(7)
  })

  test.each(['relative', './relative/', '/ok/relative//', '../ok/relative'])(
    'resolves the src %s against the base of the document',
    async (src) => {
      const tab = await stage.open(list(src, 'limit="3"'), {
        head: `<base href="${stage.site.url}/ok/page">`,
        connect: stage.site.url,
      })
      await until(tab, 'load')
      const asked = await tab.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => name.includes('models')),
      )
      expect(asked).toEqual([`${stage.site.url}/ok/relative/v1/models?limit=3`])
    },
  )

  test.each([
    'data:application/json,{"data":[{"id":"x"}]}#',
    'javascript:alert(1)',
    'file:///',
    '//[',
  ])('never leaves for %s', async (src) => {
    const tab = await stage.open(list(src.replaceAll('"', '&quot;')))
    await until(tab, 'loadend')
    const told = await tab.evaluate(() => [seen.events, fallbackShown()])
    expect(told).toEqual([['loadstart', 'error', 'loadend'], true])
  })

  test('is one for many changes, and the last of them wins', async () => {
    const [first, second, third] = ['ok', 'ok', 'bare'].map((mood) => stage.api.base(mood as 'ok'))
    const tab = await stage.open(list(stage.api.base('empty')))
    await until(tab, 'loadend')
    await tab.evaluate(
      (bases) => {
        for (const base of bases) one('model-list').setAttribute('src', base)
        one('model-list').setAttribute('limit', '5')
      },
      [first ?? '', second ?? '', third ?? ''],
    )
    await until(tab, 'loadend', 2)
    expect(await tab.evaluate(() => texts('id'))).toEqual(['claude-old'])
    expect([first, second, third].map((base) => stage.api.asked(base ?? '').length)).toEqual([
      0, 0, 1,
    ])
  })

  test('is aborted by a change, and what comes late is not shown', async () => {
    const [held, quick] = [stage.api.base('held'), stage.api.base('bare')]
    const tab = await stage.open(list(held))
    await expect.poll(() => stage.api.asked(held)).toHaveLength(1)
    await tab.evaluate((src) => one('model-list').setAttribute('src', src), quick)
    await until(tab, 'loadend')
    stage.api.release(held)
    await expect.poll(() => stage.api.asked(held)[0]?.aborted).toBe(true)
    const told = await tab.evaluate(() => [texts('id'), seen.events])
    expect(told).toEqual([['claude-old'], ['loadstart', 'loadstart', 'load', 'loadend']])
  })

  test('that cannot be aborted is not shown late either', async () => {
    const tab = await stage.open(list(stage.api.base('empty')))
    await until(tab, 'loadend')
    const quick = stage.api.base('bare')
    const late = await tab.evaluate(async (base) => {
      const real = fetch
      const { promise, resolve } = Promise.withResolvers<Response>()
      globalThis.fetch = () => promise
      void one('model-list').load()
      globalThis.fetch = real
      one('model-list').setAttribute('src', base)
      await new Promise((done) => one('model-list').addEventListener('loadend', done))
      resolve(Response.json({ data: [{ id: 'late' }], has_more: false }))
      await new Promise((done) => setTimeout(done, 50))
      return texts('id')
    }, quick)
    expect(late).toEqual(['claude-old'])
  })

  test.each([
    ['leaves the page', (element: HTMLElement) => element.remove()],
    ['is moved', (element: HTMLElement) => document.body.append(element)],
  ])('is aborted when the element %s', async (_, leave) => {
    const held = stage.api.base('held')
    const tab = await stage.open(list(held))
    await expect.poll(() => stage.api.asked(held)).toHaveLength(1)
    await tab.evaluate(`(${String(leave)})(document.querySelector('model-list'))` as never)
    await expect.poll(() => stage.api.asked(held)[0]?.aborted).toBe(true)
  })

  test('is made anew when an element comes back', async () => {
    const { tab, base } = await loaded('ok')
    await tab.evaluate(() => {
      const gone = one('model-list')
      gone.remove()
      document.body.append(gone)
    })
    await until(tab, 'load', 2)
    expect(stage.api.asked(base)).toHaveLength(2)
    expect(await tab.evaluate(() => texts('id').length)).toBe(7)
  })
})

describe('the page’s own children', () => {
  test('are shown until there is data', async () => {
    const held = stage.api.base('held')
    const tab = await stage.open(list(held))
    await expect.poll(() => stage.api.asked(held)).toHaveLength(1)
    const before = await tab.evaluate(() => ({
      fallback: fallbackShown(),
      busy: one('model-list').ariaBusy,
      status: texts('status'),
    }))
    expect(before).toEqual({ fallback: true, busy: 'true', status: ['loading'] })
    stage.api.release(held)
    await until(tab, 'loadend')
    const after = await tab.evaluate(() => ({
      fallback: fallbackShown(),
      busy: one('model-list').ariaBusy,
      status: texts('status'),
    }))
    expect(after).toEqual({ fallback: false, busy: 'false', status: ['models: 7'] })
  })

  test.each(['down', 'wrong', 'html', 'cut', 'no-list', 'nulls', 'strange'] as const)(
    'are shown when the API is %s',
    async (mood) => {
      const { tab } = await loaded(mood)
      const shown = await tab.evaluate(() => ({
        fallback: fallbackShown(),
        rows: texts('model'),
        more: getComputedStyle(pieces('more')[0] as Element).display,
        status: texts('status'),
        busy: one('model-list').ariaBusy,
        events: seen.events,
      }))
      expect(shown).toEqual({
        fallback: true,
        rows: [],
        more: 'none',
        status: [''],
        busy: 'false',
        events: ['loadstart', 'error', 'loadend'],
      })
    },
  )

  test('are shown when there are no models', async () => {
    const { tab } = await loaded('empty')
    const shown = await tab.evaluate(() => [fallbackShown(), seen.events])
    expect(shown).toEqual([true, ['loadstart', 'load', 'loadend']])
  })

  test('come back when a later request fails', async () => {
    const { tab } = await loaded('ok')
    await tab.evaluate((src) => one('model-list').setAttribute('src', src), stage.api.base('down'))
    await until(tab, 'error')
    expect(await tab.evaluate(() => [fallbackShown(), texts('model')])).toEqual([true, []])
  })

  test.runIf(isChromium)('are all there is without JavaScript', async () => {
    const tab = await stage.open(list(stage.api.base('ok')), { javaScript: false })
    const words = await tab.evaluate(() => [
      document.querySelector('model-list')?.shadowRoot ?? null,
      document.querySelector('p')?.checkVisibility(),
    ])
    expect(words).toEqual([null, true])
  })
})

describe('more', () => {
  test('appends the next page, by the keyboard alone', async () => {
    const { tab, base } = await loaded('ok', 'limit="3"')
    expect(await tab.evaluate(() => texts('more'))).toEqual(['more'])
    for (let presses = 0; presses < 4; presses++) await tab.press('Tab')
    await tab.press('Enter')
    await until(tab, 'loadend', 2)
    const focus = () => tab.evaluate(() => one('model-list').shadowRoot?.activeElement?.ariaLabel)
    expect(await tab.evaluate(() => texts('id').length)).toBe(6)
    expect(await focus()).toBe(null)
    await tab.press('Enter')
    await until(tab, 'loadend', 3)
    const shown = await tab.evaluate(() => ({ ids: texts('id'), more: texts('more') }))
    expect(shown).toEqual({ ids: shownByDefault.map(({ id }) => id), more: [''] })
    // The button is gone; the focus went on to what it brought.
    expect(await focus()).toBe('copy claude-opus-4-5-20251101')
    expect(stage.api.asked(base).map(({ query }) => query)).toEqual([
      '?limit=3',
      '?limit=3&after_id=claude-opus-5-5',
      '?limit=3&after_id=claude-sonnet-4-5-20250929',
    ])
  })

  test('goes on in one line', async () => {
    const { tab, base } = await loaded('ok', 'limit="2" line="opus"')
    await tab.evaluate(() => pieces('more')[0]?.click())
    await until(tab, 'loadend', 2)
    const shown = await tab.evaluate(() => ({ ids: texts('id'), more: texts('more') }))
    const opus = shownByDefault.filter(({ line }) => line === 'opus').map(({ id }) => id)
    expect(shown).toEqual({ ids: opus, more: [''] })
    expect(stage.api.asked(base)[1]?.query).toBe('?limit=1000&after_id=claude-opus-4-8')
  })

  test('keeps the list, and itself, when it fails', async () => {
    const { tab, base } = await loaded('flaky', 'limit="3"')
    for (const times of [1, 2]) {
      await tab.evaluate(() => pieces('more')[0]?.click())
      await until(tab, 'error', times)
    }
    const shown = await tab.evaluate(() => [texts('id').length, texts('more'), fallbackShown()])
    expect(shown).toEqual([3, ['more'], false])
    expect(stage.api.asked(base).map(({ query }) => query)).toEqual([
      '?limit=3',
      '?limit=3&after_id=claude-opus-5-5',
      '?limit=3&after_id=claude-opus-5-5',
    ])
  })

  test('starts over after a change', async () => {
    const { tab } = await loaded('ok', 'limit="3"')
    await tab.evaluate(() => pieces('more')[0]?.click())
    await until(tab, 'loadend', 2)
    await tab.evaluate(() => one('model-list').setAttribute('limit', '2'))
    await until(tab, 'loadend', 3)
    expect(await tab.evaluate(() => [texts('id').length, texts('more')])).toEqual([2, ['more']])
  })
})

describe('copying', () => {
  test('works by the keyboard alone, tells the page, and is announced', async () => {
    const { tab } = await loaded('ok', 'limit="2"')
    await tab.press('Tab')
    await tab.press('Tab')
    await tab.press('Enter')
    await until(tab, 'copy-id')
    const shown = await tab.evaluate(
      async (readable) => ({
        clipboard: readable ? await navigator.clipboard.readText() : 'claude-sonnet-5-5',
        events: seen.events.slice(3),
        buttons: texts('copy'),
        status: texts('status'),
      }),
      readsClipboard,
    )
    expect(shown).toEqual({
      clipboard: 'claude-sonnet-5-5',
      events: ['copy-id claude-sonnet-5-5'],
      buttons: ['copy', 'copied'],
      status: ['copied claude-sonnet-5-5'],
    })
    await expect
      .poll(() => tab.evaluate(() => texts('copy')), { timeout: 4000 })
      .toEqual(['copy', 'copy'])
  })

  test('selects the id where there is no clipboard', async () => {
    const { tab } = await loaded('ok', 'limit="1"')
    const selected = await tab.evaluate(async () => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
      pieces('copy')[0]?.click()
      await new Promise((done) => setTimeout(done, 50))
      const root = one('model-list').shadowRoot
      const [range] = getSelection()?.getComposedRanges({ shadowRoots: root ? [root] : [] }) ?? []
      return [range?.startContainer.textContent, range?.endOffset, seen.events.length]
    })
    expect(selected).toEqual(['claude-haiku-5-5', 1, 3])
  })
})

describe('words', () => {
  test('are the page’s where it has them', async () => {
    const { tab } = await loaded(
      'ok',
      `limit="6" lifecycle="deprecated" data-models="Modelle: *" data-copy="kopieren"
       data-context="Kontext *" data-retires="wird * eingestellt" data-overdue="überfällig"`,
    )
    const shown = await tab.evaluate(() => ({
      badges: texts('badge'),
      context: texts('context')[0],
      copy: texts('copy')[0],
      label: pieces('copy')[0]?.ariaLabel,
      status: texts('status'),
    }))
    expect(shown).toEqual({
      badges: ['deprecated', 'wird in 10 days eingestellt', 'überfällig'],
      context: 'Kontext 1M',
      copy: 'kopieren',
      label: 'kopieren claude-opus-4-8',
      status: ['Modelle: 3'],
    })
  })

  test.each([
    ['de', 'de'],
    ['ar-EG', 'ar-EG'],
    ['', []],
    ['no_such tongue', []],
  ])('follow the nearest lang, here “%s”', async (lang, locale) => {
    const tab = await stage.open(
      `<div lang="${lang}">${list(stage.api.base('ok'), 'limit="6"')}</div>`,
      { lang: 'fr' },
    )
    await until(tab, 'load')
    const shown = await tab.evaluate(
      (language) => ({
        shown: [texts('context')[0], texts('date')[0], texts('badge')[1]],
        expected: [
          `${new Intl.NumberFormat(language, { notation: 'compact' }).format(200_000)} context`,
          new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
            new Date('2026-10-07T18:00:00Z'),
          ),
          `retires ${new Intl.RelativeTimeFormat(language).format(10, 'day')}`,
        ],
      }),
      locale,
    )
    expect(shown.shown).toEqual(shown.expected)
  })
})

describe('the elements on a page', () => {
  test('do not disturb each other, and the script can come twice', async () => {
    const [one_, two] = [stage.api.base('bare'), stage.api.base('ok')]
    const tab = await stage.open(list(one_) + list(two, 'limit="2"'), {
      head: `<script type="module" src="/widget.js?again"></script>`,
    })
    await until(tab, 'loadend', 2)
    const shown = await tab.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('model-list')].map((each) => texts('id', each)),
    )
    expect(shown).toEqual([['claude-old'], ['claude-haiku-5-5', 'claude-sonnet-5-5']])
  })

  test('can be made by a script', async () => {
    const tab = await stage.open('')
    await tab.evaluate((src) => {
      const made = document.createElement('model-list')
      made.setAttribute('src', src)
      made.setAttribute('limit', '2')
      document.querySelector('main')?.append(made)
    }, stage.api.base('ok'))
    await until(tab, 'load')
    expect(await tab.evaluate(() => texts('id').length)).toBe(2)
  })

  test('tell nobody but those who listen on them', async () => {
    const tab = await stage.open(list(stage.api.base('held')))
    const bubbled = await tab.evaluate(async () => {
      const heard: string[] = []
      for (const type of ['loadstart', 'error', 'loadend'])
        document.body.addEventListener(type, () => heard.push(type))
      one('model-list').setAttribute('src', 'javascript:')
      await new Promise((done) => one('model-list').addEventListener('loadend', done))
      return heard
    })
    expect(bubbled).toEqual([])
  })
})
