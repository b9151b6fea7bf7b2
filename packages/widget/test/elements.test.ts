import { describe, expect, test } from 'vitest'
import { isChromium } from './browser.ts'
import { markup } from './models.ts'
import { until, useStage } from './stage.ts'

// What both elements promise.

const stage = useStage()

const ownList = '<p>Our own words</p>'
const ownOptions =
  '<option value="">Choose</option><option value="saved" selected="">Saved</option>' +
  '<optgroup label="Mine"><option>own</option></optgroup>'

const both = (base: string) =>
  `<model-list src="${base}">${ownList}</model-list>
  <form><model-picker src="${base}"><select name="model">${ownOptions}</select></model-picker></form>`

const written = () => [
  fallbackShown(),
  texts('model'),
  one('model-list').innerHTML,
  one('select').innerHTML,
]

test.each(['down', 'wrong', 'html', 'cut', 'no list', 'nulls', 'empty'] as const)(
  'the page is what it was without them when the API is %s',
  async (mood) => {
    const tab = await stage.open(both(stage.site.base(mood)))
    await until(tab, 'loadend', 2)
    expect(await tab.evaluate(written)).toEqual([true, [], ownList, ownOptions])
    const told = await tab.evaluate(() => ({
      sent: [...new FormData(one('form'))],
      more: getComputedStyle(pieces('more')[0] as Element).display,
      status: texts('status'),
      busy: [one('model-list').ariaBusy, one('model-picker').ariaBusy],
      events: seen.events.map((event) => event.replace(/ .*/, '')).toSorted(),
    }))
    const end = mood === 'empty' ? ['load', 'load'] : ['error', 'error']
    expect(told).toEqual({
      sent: [['model', 'saved']],
      more: 'none',
      status: [''],
      busy: ['false', 'false'],
      events: [...end, 'loadend', 'loadend', 'loadstart', 'loadstart'].toSorted(),
    })
  },
)

test.each([
  'data:application/json,{"data":[{"id":"x"}]}#',
  'javascript:alert(1)',
  'file:///',
  '//[',
])('they never leave for %s, and the page is what it was', async (src) => {
  const tab = await stage.open(both(src.replaceAll('"', '&quot;')))
  await until(tab, 'error', 2)
  expect(await tab.evaluate(written)).toEqual([true, [], ownList, ownOptions])
})

test.runIf(isChromium)('without JavaScript, the page is what it is', async () => {
  const tab = await stage.open(both(stage.site.base('ok')), { javaScript: false })
  const visible = await tab.evaluate(() =>
    ['p', 'select'].map((name) => document.querySelector(name)?.checkVisibility()),
  )
  expect(visible).toEqual([true, true])
})

test('names are text, never markup, in an answer as of 2024', async () => {
  const tab = await stage.open(both(stage.site.base('markup')))
  await until(tab, 'loadend', 2)
  const shown = await tab.evaluate(() => ({
    list: [texts('name'), texts('id'), pieces('copy').map(({ ariaLabel }) => ariaLabel)],
    option: options().at(-1),
    value: one('select').options[3]?.value,
    made: one('model-list').shadowRoot?.querySelectorAll('img, i').length,
  }))
  const { display_name, id } = markup
  expect(shown).toEqual({
    list: [[display_name], [id], [`copy ${id}`]],
    option: `Other: ${display_name}`,
    value: id,
    made: 0,
  })
})

describe('a request', () => {
  test('is one simple GET each, without cookie, credential or header of ours', async () => {
    const [empty, base] = [stage.site.base('empty'), stage.site.base('ok')]
    const tab = await stage.open(both(empty))
    await until(tab, 'loadend', 2)
    // The page's own origin, where a browser would send the cookie by itself.
    await tab.evaluate((src) => {
      document.cookie = 'session=secret; path=/'
      for (const name of ['model-list', 'model-picker'] as const) one(name).setAttribute('src', src)
    }, new URL(base).pathname)
    await until(tab, 'loadend', 4)
    const all = stage.site.api.asked(base)
    expect(all.map(({ method, query }) => `${method} ${query}`).toSorted()).toEqual([
      'GET ?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired',
      'GET ?limit=20',
    ])
    const usual =
      /^(accept|accept-encoding|accept-language|cache-control|connection|host|origin|pragma|priority|referer|sec-.*|user-agent)$/
    const names = all.flatMap(({ headers }) => Object.keys(headers))
    expect(names.filter((name) => !usual.test(name))).toEqual([])
  })

  test('waits until its element is shown near the viewport, and comes once', async () => {
    const [far, hidden, near] = [1, 2, 3].map(() => stage.site.base('ok')) as [
      string,
      string,
      string,
    ]
    const tab = await stage.open(
      `<model-list id="near" src="${near}"></model-list><div hidden>${both(hidden)}</div>
      <div class="far"></div><model-list id="far" src="${far}">${ownList}</model-list>`,
    )
    await until(tab, 'load')
    await tab.evaluate(() => nextFrames())
    const asked = () => [far, hidden].map((base) => stage.site.api.asked(base).length)
    const started = () =>
      tab.evaluate(() => seen.events.filter((type) => type === 'loadstart').length)
    expect([await started(), asked()]).toEqual([1, [0, 0]])
    await tab.evaluate(() => one('#far').scrollIntoView())
    await until(tab, 'load', 2)
    await tab.evaluate(() => one('[hidden]').removeAttribute('hidden'))
    await tab.evaluate(() => scrollTo(0, 0))
    await until(tab, 'load', 4)
    await tab.evaluate(async () => {
      scrollTo(0, 1e6)
      await nextFrames()
      scrollTo(0, 0)
      await nextFrames()
    })
    expect([await started(), asked()]).toEqual([4, [1, 2]])
  })

  test.each([
    'relative',
    './relative/',
    '/ok/relative//',
    '../ok/relative',
    'relative/v1',
    'relative/v1/',
  ])('resolves the src %s against the base of the document', async (src) => {
    const tab = await stage.open(`<model-list src="${src}"></model-list>`, {
      head: '<base href="/ok/page">',
    })
    await until(tab, 'load')
    const asked = await tab.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name.replace(location.origin, '')),
    )
    expect(asked).toContain('/ok/relative/v1/models?limit=20')
  })

  test.each(['model-list', 'model-picker'] as const)(
    'that is aborted leaves no %s busy',
    async (name) => {
      const base = stage.site.base('held')
      const tab = await stage.open(`<${name} src="${base}"></${name}>`)
      await stage.site.api.first(base)
      const busy = await tab.evaluate((tag) => {
        const element = one(tag)
        const before = element.getAttribute('aria-busy')
        element.remove()
        return [before, element.getAttribute('aria-busy')]
      }, name)
      expect(busy).toEqual(['true', null])
    },
  )

  test.each<[string, (element: HTMLElement) => void]>([
    ['leaves the page', (element) => element.remove()],
    ['is moved', (element) => document.body.append(element)],
    ['has another src', (element) => element.setAttribute('src', '/ok/other')],
  ])('is aborted when its element %s', async (_, change) => {
    const elements = ['model-list', 'model-picker'].map((name) => {
      const base = stage.site.base('held')
      return { name, base, html: `<${name} src="${base}"></${name}>` }
    })
    const tab = await stage.open(elements.map(({ html }) => html).join(''))
    for (const { name, base } of elements) {
      const { answered } = await stage.site.api.first(base)
      await tab.evaluate(`(${String(change)})(document.querySelector('${name}'))` as never)
      expect(await answered).toBe(false)
    }
  })
})

test('both can be there twice, and the script, too; one made or moved later asks for itself', async () => {
  const base = stage.site.base('ok')
  const tab = await stage.open(both(base) + both(base), {
    head: '<script type="module" src="/widget.js?again"></script>',
  })
  await until(tab, 'load', 4)
  await tab.evaluate((src) => {
    const made = document.createElement('model-list')
    made.setAttribute('src', src)
    document.body.append(made, one('model-list'))
  }, base)
  await until(tab, 'load', 6)
  const shown = await tab.evaluate(() => [
    [...document.querySelectorAll('model-list')].map((list) => texts('id', list).length),
    [...document.querySelectorAll('select')].map((select) => options(select).length),
  ])
  expect(shown).toEqual([
    [7, 7, 7],
    [10, 10],
  ])
})
