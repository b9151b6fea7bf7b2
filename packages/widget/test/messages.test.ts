import { expect, test } from 'vitest'
import { bundle } from '../bundle.ts'
import { german } from '../src/german.ts'
import type { Mood } from './fake-api.ts'
import { until, useStage } from './stage.ts'

// What the elements say: to people in the page's words, and to whoever writes the page.

declare global {
  /** What was told in the console. */
  var warned: string[]
  /** The messages of errors. */
  var problems: string[]
}

const stage = useStage()

const listen = `globalThis.warned = []; globalThis.problems = []
  console.warn = (element, mistake) => warned.push(element.localName + ': ' + mistake)
  document.addEventListener('error', ({ detail }) => detail instanceof Error && problems.push(detail.message), true)`

test.each<[Mood, string]>([
  ['down', ': '],
  ['wrong', ': status 503'],
  ['html', ': '],
  ['no list', ': '],
  ['nulls', ': '],
])('when the API is %s, the error names the address', async (mood, why) => {
  const base = stage.site.base(mood)
  const tab = await stage.open(`<model-list src="${base}"></model-list>`, { before: listen })
  await until(tab, 'error')
  const [problem = ''] = await tab.evaluate(() => problems)
  expect(problem.startsWith(`${base}/v1/models?limit=20${why}`)).toBe(true)
  expect(problem.length).toBeGreaterThan(base.length + 30)
})

test.each([
  ['<model-list src="javascript:alert(1)"', 'src="javascript:alert(1)": '],
  ['<model-list src="//["', 'src="//[": '],
  // A script without an origin knows none to ask.
  ['<model-list', 'src="": '],
])('an error names the attribute: %s', async (start, problem) => {
  const script = `data:text/javascript,${encodeURIComponent(await bundle())}`
  const tab = await stage.open(`${start}></model-list>`, { before: listen, script })
  await until(tab, 'error')
  expect(await tab.evaluate(() => problems)).toEqual([expect.stringContaining(problem)])
})

const permitted = 'Input is not one of the permitted values'
const sizes = 'limit: Input should be '
test.each([
  ['<model-list limit="all"', 'limit=all: status 400', `${sizes}a valid integer`],
  ['<model-list limit="all" line="opus"', 'limit=all: status 400', `${sizes}a valid integer`],
  ['<model-list limit="0"', 'limit=0: status 400', `${sizes}greater than or equal to 1`],
  ['<model-list limit="1001"', 'limit=1001: status 400', `${sizes}less than or equal to 1000`],
  ['<model-list lifecycle="current"', 'lifecycle[]=current: status 400', permitted],
  ['<model-picker lifecycle="active, gone"', 'lifecycle[]=gone: status 400', permitted],
])('a mistake is an error, and told in the console: %s', async (start, where, why) => {
  const base = stage.site.base('ok')
  const tab = await stage.open(`${start} src="${base}"><select></select>`, { before: listen })
  await until(tab, 'error')
  const [problem = '', ...others] = await tab.evaluate(() => problems)
  expect([problem, others]).toEqual([expect.stringContaining(where), []])
  expect(problem).toContain(why)
  expect(await tab.evaluate(() => warned)).toEqual([expect.stringContaining(`: Error: ${problem}`)])
})

test.each([
  ['<model-picker', ['model-picker: no <select>']],
  ['<model-list limit="1000" lifecycle="active, retired active"', []],
  ['<model-list limit="" lifecycle="" line=""', []],
])('what is right, and what lacks, is told in the console: %s', async (start, told) => {
  const base = stage.site.base('ok')
  const tab = await stage.open(`${start} src="${base}"></model-list>`, { before: listen })
  await until(tab, 'load')
  expect(await tab.evaluate(() => warned)).toEqual(told)
})

test('texts are given once for the whole page, and one element can have its own', async () => {
  const base = stage.site.base('ok')
  const give = `import { setTexts } from '/widget.js'; setTexts(${JSON.stringify(german)})`
  const list = `<model-list src="${base}" lifecycle="active deprecated retired"`
  const tab = await stage.open(
    `${list} limit="20"></model-list>${list} limit="1" data-more="weiter"></model-list>
    <model-picker src="${base}"><select><option>claude-2</option><option>claude-3-haiku-20240307</option></select></model-picker>`,
    // In one script with the elements: what comes later holds for what is shown from then on.
    { lang: 'de', script: `/own.js?${encodeURIComponent(give)}` },
  )
  await until(tab, 'load', 3)
  const said = await tab.evaluate(() => ({
    badges: texts('badge'),
    first: ['context', 'output', 'date', 'copy', 'status'].map((part) => texts(part)[0]),
    other: ['more', 'status'].map(
      (part) => texts(part, document.querySelectorAll('model-list')[1])[0],
    ),
    choices: options().filter((text) => /Unbekannt|Andere|eingestellt|veraltet|bis/.test(text))
      .length,
  }))
  expect(said).toEqual({
    badges: ['veraltet', 'wird in 10 Tagen eingestellt', 'überfällig', 'eingestellt 20.04.2026'],
    first: [
      '200.000 Kontext',
      '128.000 Ausgabe',
      'erschienen am 07.10.2026',
      'kopieren',
      '8 Modelle',
    ],
    other: ['weiter', 'bisher 1'],
    choices: 6,
  })
})

test.each([
  ['limit="1" line="sonnet" lifecycle="active"', '1 model'],
  ['limit="4"', '4 so far'],
  ['', '7 models'],
])('counts are words: %s', async (attributes, words) => {
  const tab = await stage.open(
    `<model-list src="${stage.site.base('ok')}" ${attributes}></model-list>`,
  )
  await until(tab, 'load')
  expect(await tab.evaluate(() => texts('status'))).toEqual([words])
})
