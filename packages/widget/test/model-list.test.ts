import { describe, expect, test } from 'vitest'
import { readsClipboard } from './browser.ts'
import type { Mood } from './fake-api.ts'
import { current, models } from './models.ts'
import { until, useStage } from './stage.ts'

const stage = useStage()

/** A list that has loaded. */
async function loaded(mood: Mood, rest = '') {
  const base = stage.site.base(mood)
  const tab = await stage.open(
    `<model-list src="${base}" ${rest}><p>Our own words</p></model-list>`,
  )
  await until(tab, 'loadend')
  return { tab, asked: () => stage.site.api.asked(base).map(({ query }) => query) }
}

describe('a list', () => {
  test('shows what is known of each model, newest first', async () => {
    const { tab } = await loaded('ok', 'lifecycle="active deprecated retired"')
    const rows = await tab.evaluate(() =>
      pieces('model').map((row) => {
        const leaves = [...row.querySelectorAll('*')].filter(({ children }) => !children[0])
        return leaves.map(({ textContent }) => textContent).join(' | ')
      }),
    )
    expect(rows).toEqual([
      'Claude Haiku 5.5 | 200K context | 128K output | released Oct 7, 2026 | claude-haiku-5-5 | copy',
      'Claude Sonnet 5.5 | 1M context | 128K output | released Sep 28, 2026 | claude-sonnet-5-5 | copy',
      'Claude Opus 5.5 | 1M context | 128K output | released Sep 21, 2026 | claude-opus-5-5 | copy',
      'Claude Opus 4.8 | deprecated | 1M context | 128K output | released Jun 2, 2026 | claude-opus-4-8 | copy',
      'Claude Enigma |  | claude-enigma | copy',
      'Claude Sonnet 4.5 | retires in 10 days | 1M context | 128K output | released Sep 29, 2025 | claude-sonnet-4-5-20250929 | copy',
      'Claude Opus 4.5 | overdue | 1M context | 128K output | released Nov 1, 2025 | claude-opus-4-5-20251101 | copy',
      'Claude Haiku 3 | retired Apr 20, 2026 | 1M context | 128K output | released Mar 7, 2024 | claude-3-haiku-20240307 | copy',
    ])
  })

  test('shows the page’s own words until there is data, and tells what goes on', async () => {
    const base = stage.site.base('held')
    const tab = await stage.open(`<model-list src="${base}" limit="2">Our own words</model-list>`)
    await stage.site.api.first(base)
    const state = () => ({
      fallback: fallbackShown(),
      busy: one('model-list').ariaBusy,
      status: pieces('status').map(({ localName, textContent }) => `${localName}: ${textContent}`),
    })
    expect(await tab.evaluate(state)).toEqual({
      fallback: true,
      busy: 'true',
      status: ['output: loading'],
    })
    stage.site.api.release(base)
    await until(tab, 'loadend')
    expect(await tab.evaluate(state)).toEqual({
      fallback: false,
      busy: 'false',
      status: ['output: 2 so far'],
    })
    const heard = await tab.evaluate(() => ({
      roles: [pieces('list')[0]?.role, ...pieces('model').map(({ localName }) => localName)],
      labels: pieces('copy').map(({ ariaLabel }) => ariaLabel),
      events: seen.events,
    }))
    expect(heard).toEqual({
      roles: ['list', 'li', 'li'],
      labels: ['copy claude-haiku-5-5', 'copy claude-sonnet-5-5'],
      events: ['loadstart', 'load', 'loadend'],
    })
  })

  const opus = [2, 3, 6].map((place) => current[place])

  test.each([
    ['', '?limit=20', current],
    ['limit="3"', '?limit=3', current.slice(0, 3)],
    ['lifecycle="retired"', '?limit=20&lifecycle[]=retired', [models[7]?.id]],
    ['lifecycle="retired, paid"', '?limit=20&lifecycle[]=retired&lifecycle[]=paid', []],
    ['line="opus"', '?limit=1000', opus],
    ['line="opus" limit="2"', '?limit=1000', opus.slice(0, 2)],
    ['line="other"', '?limit=1000', ['claude-enigma']],
    ['line=""', '?limit=20', current],
    ['line="none"', '?limit=1000', []],
  ])('with %s asks for %s', async (attributes, query, ids) => {
    const { tab, asked } = await loaded('ok', attributes)
    expect(asked()).toEqual([query])
    expect(await tab.evaluate(() => texts('id'))).toEqual(ids)
    expect(await tab.evaluate(() => fallbackShown())).toBe(ids.length === 0)
  })

  test('asks once for many changes, and the last of them wins', async () => {
    const { tab, asked } = await loaded('ok')
    const other = stage.site.base('markup')
    await tab.evaluate((src) => {
      const list = one('model-list')
      for (const limit of ['5', '6', '7']) list.setAttribute('limit', limit)
      list.setAttribute('src', src)
    }, other)
    await until(tab, 'loadend', 2)
    expect(await tab.evaluate(() => texts('id').length)).toBe(1)
    expect(asked()).toEqual(['?limit=20'])
    expect(stage.site.api.asked(other).map(({ query }) => query)).toEqual(['?limit=7'])
  })

  test('shows nothing that comes late, even where it cannot be aborted', async () => {
    const { tab } = await loaded('ok')
    const late = await tab.evaluate(async () => {
      const { promise, resolve } = Promise.withResolvers<object>()
      const real = fetch
      globalThis.fetch = async () => ({ ok: true, json: () => promise }) as Response
      void one('model-list').load()
      globalThis.fetch = real
      await one('model-list').load()
      resolve({ data: [{ id: 'late' }], has_more: false })
      // What waits for it has run before the next message.
      await new Promise((done) => {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', done)
        port1.start()
        port2.postMessage('next')
      })
      return [texts('id').length, seen.events.slice(3)]
    })
    expect(late).toEqual([7, ['loadstart', 'loadstart', 'load', 'loadend']])
  })

  test.each<[string, Mood]>([
    ['a later request fails', 'flaky'],
    ['a model cannot be shown', 'strange'],
  ])('shows the page’s own words when %s', async (_, mood) => {
    const { tab } = await loaded(mood)
    await tab.evaluate(() => one('model-list').load())
    expect(await tab.evaluate(() => [fallbackShown(), texts('model')])).toEqual([true, []])
  })
})

describe('more', () => {
  test('appends the next page, by the keyboard alone', async () => {
    const { tab, asked } = await loaded('ok', 'limit="3"')
    const focus = () => tab.evaluate(() => one('model-list').shadowRoot?.activeElement?.ariaLabel)
    for (let presses = 0; presses < 4; presses++) await tab.press('Tab')
    await tab.press('Enter')
    await until(tab, 'loadend', 2)
    expect(await tab.evaluate(() => [texts('id').length, texts('more')])).toEqual([6, ['more']])
    // It is still on the button.
    expect(await focus()).toBe(null)
    await tab.press('Enter')
    await until(tab, 'loadend', 3)
    expect(await tab.evaluate(() => [texts('id'), texts('more')])).toEqual([current, ['']])
    // The button is gone; the focus went on to what it brought.
    expect(await focus()).toBe('copy claude-opus-4-5-20251101')
    const ends = [2, 5].map((place) => `?limit=3&after_id=${current[place]}`)
    expect(asked()).toEqual(['?limit=3', ...ends])
  })

  test('goes on in one line, and starts over after a change', async () => {
    const { tab, asked } = await loaded('ok', 'limit="2" line="opus"')
    const shown = () => tab.evaluate(() => [texts('id').length, texts('more')])
    await tab.evaluate(() => pieces('more')[0]?.click())
    await until(tab, 'loadend', 2)
    expect(await shown()).toEqual([3, ['']])
    expect(asked()[1]).toBe('?limit=1000&after_id=claude-opus-4-8')
    await tab.evaluate(() => one('model-list').setAttribute('limit', '1'))
    await until(tab, 'loadend', 3)
    expect(await shown()).toEqual([1, ['more']])
  })

  test('keeps the list, and itself, when it fails', async () => {
    const { tab, asked } = await loaded('flaky', 'limit="3"')
    for (const times of [1, 2]) {
      await tab.evaluate(() => pieces('more')[0]?.click())
      await until(tab, 'error', times)
    }
    const shown = await tab.evaluate(() => [texts('id').length, texts('more'), fallbackShown()])
    expect(shown).toEqual([3, ['more'], false])
    const more = '?limit=3&after_id=claude-opus-5-5'
    expect(asked()).toEqual(['?limit=3', more, more])
  })
})

describe('copying', () => {
  test('works by the keyboard alone, tells the page, and is announced for a while', async () => {
    const { tab } = await loaded('ok', 'limit="2"')
    await tab.evaluate(() => {
      const button = pieces('copy')[1] as Element
      new MutationObserver(() => {
        seen.events.push(`says ${button.textContent}`)
        document.dispatchEvent(new Event('says'))
      }).observe(button, { childList: true })
    })
    await tab.press('Tab')
    await tab.press('Tab')
    await tab.press('Enter')
    await until(tab, 'says', 2)
    const told = await tab.evaluate(
      async (readable) => ({
        clipboard: readable ? await navigator.clipboard.readText() : 'claude-sonnet-5-5',
        events: seen.events.slice(3),
        status: texts('status'),
      }),
      readsClipboard,
    )
    expect(told).toEqual({
      clipboard: 'claude-sonnet-5-5',
      events: ['copy-id claude-sonnet-5-5', 'says copied', 'says copy'],
      status: ['copied claude-sonnet-5-5'],
    })
  })

  test('selects the id where there is no clipboard', async () => {
    const { tab } = await loaded('ok', 'limit="1"')
    const selected = await tab.evaluate(async () => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined })
      const changed = new Promise((done) => document.addEventListener('selectionchange', done))
      pieces('copy')[0]?.click()
      await changed
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
      first: ['context', 'copy', 'status'].map((part) => texts(part)[0]),
      label: pieces('copy')[0]?.ariaLabel,
    }))
    expect(shown).toEqual({
      badges: ['deprecated', 'wird in 10 days eingestellt', 'überfällig'],
      first: ['Kontext 1M', 'kopieren', 'Modelle: 3'],
      label: 'kopieren claude-opus-4-8',
    })
  })

  test.each([
    ['de', 'de'],
    ['ar-EG', 'ar-EG'],
    ['', []],
    ['no_such tongue', []],
  ])('follow the nearest lang, here “%s”', async (lang, locale) => {
    const base = stage.site.base('ok')
    const list = `<div lang="${lang}"><model-list src="${base}" limit="6"></model-list></div>`
    const tab = await stage.open(list, { lang: 'fr' })
    await until(tab, 'load')
    const [shown, expected] = await tab.evaluate((language) => {
      const count = new Intl.NumberFormat(language, { notation: 'compact' })
      const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
      const left = new Intl.RelativeTimeFormat(language).format(10, 'day')
      const date = day.format(new Date('2026-10-07T18:00:00Z'))
      return [
        [texts('context')[0], texts('date')[0], texts('badge')[1]],
        [`${count.format(200_000)} context`, `released ${date}`, `retires ${left}`],
      ]
    }, locale)
    expect(shown).toEqual(expected)
  })
})

test('tells nobody but those who listen on the element', async () => {
  const { tab } = await loaded('ok')
  const bubbled = await tab.evaluate(async () => {
    const heard: string[] = []
    for (const type of ['loadstart', 'load', 'loadend'])
      document.body.addEventListener(type, () => heard.push(type))
    await one('model-list').load()
    return heard
  })
  expect(bubbled).toEqual([])
})
