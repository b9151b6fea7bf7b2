import { expect, test } from 'vitest'
import { knowsIs } from './browser.ts'
import { until, useStage } from './stage.ts'

// Pages as they are: what comes late, is replaced, closed, moved or broken.

const stage = useStage()

const ownOptions =
  '<option value="">Choose</option><option value="claude-2" selected>claude-2</option>'
const picker = (base: string, select = `<select name="model">${ownOptions}</select>`, rest = '') =>
  `<form><model-picker src="${base}" ${rest}>${select}</model-picker></form>`

const sent = () => [...new FormData(one('form')).values()]
const choices = () => options().length

test('a select that comes after the models is filled', async () => {
  const tab = await stage.open(picker(stage.site.base('ok'), ''))
  await until(tab, 'load')
  const found = await tab.evaluate(async () => {
    const select = document.createElement('select')
    select.name = 'model'
    one('model-picker').append(select)
    const before = [...new FormData(one('form')).values()]
    await nextFrames()
    return [before, [...new FormData(one('form')).values()], options().length]
  })
  expect(found).toEqual([[], [], 8])
})

test('a select that replaces another is filled, and what is saved in it is kept', async () => {
  const tab = await stage.open(picker(stage.site.base('ok')))
  await until(tab, 'load')
  const found = await tab.evaluate(async () => {
    const old = one('select')
    const select = old.cloneNode() as HTMLSelectElement
    select.append(new Option('Mine', 'claude-opus-5-5', true))
    old.replaceWith(select)
    await nextFrames()
    return [[...new FormData(one('form')).values()], options().length, old.options.length]
  })
  expect(found).toEqual([['claude-opus-5-5'], 8, 2])
})

test('options that a page replaces by its own are not lost, and the models come back', async () => {
  const tab = await stage.open(picker(stage.site.base('ok')))
  await until(tab, 'load')
  const found = await tab.evaluate(async () => {
    one('select').replaceChildren(new Option('Automatic', 'auto'))
    await nextFrames()
    return [[...new FormData(one('form')).values()], options().slice(0, 2), options().length]
  })
  expect(found).toEqual([['auto'], ['-: Automatic', 'Haiku: Claude Haiku 5.5'], 8])
})

test.each([
  ['<select name="model" multiple><option selected>claude-2<option>own</select>', ['claude-2']],
  ['<select name="model" disabled><option>own</select>', []],
])('%s is left as the page says', async (select, values) => {
  const tab = await stage.open(picker(stage.site.base('ok'), select))
  await until(tab, 'load')
  expect(await tab.evaluate(sent)).toEqual(values)
  expect(await tab.evaluate(() => one('select').options.length)).toBe(
    select.includes('multiple') ? 2 : 8,
  )
})

test.runIf(knowsIs)('a select keeps its class, and its property', async () => {
  const before = `customElements.define('own-select', class extends HTMLSelectElement {
    get value() { return super.value }
    set value(value) { super.value = value; this.title = value }
    own() { return 'own' }
  }, { extends: 'select' })`
  const select = `<select is="own-select" name="model">${ownOptions}</select>`
  const tab = await stage.open(picker(stage.site.base('ok'), select), { before })
  await until(tab, 'load')
  const found = await tab.evaluate(() => {
    const own = one('select') as HTMLSelectElement & { own?: () => string }
    own.value = 'claude-3'
    return [own.own?.(), own.title, own.value, Object.keys(own).includes('value')]
  })
  expect(found).toEqual(['own', 'claude-3', 'claude-3', false])
})

test.each(['model-list', 'model-picker'])(
  '%s asks, too, where it is display: contents',
  async (name) => {
    const base = stage.site.base('ok')
    const before = `document.addEventListener('DOMContentLoaded', () => { for (const element of document.querySelectorAll('[src]')) element.style && (element.style.display = 'contents') })`
    const tab = await stage.open(`<${name} src="${base}"><select></select></${name}>`, { before })
    await until(tab, 'load')
  },
)

test.each([
  ['a closed dialog', '<dialog>', '</dialog>', () => document.querySelector('dialog')?.showModal()],
  [
    'closed details',
    '<details><summary>Model</summary>',
    '</details>',
    () => document.querySelector('details')?.setAttribute('open', ''),
  ],
])('in %s it asks when that is opened', async (_, start, end, show) => {
  const base = stage.site.base('ok')
  const tab = await stage.open(start + picker(base) + end)
  await tab.evaluate(() => nextFrames())
  expect(stage.site.api.asked(base)).toEqual([])
  expect(await tab.evaluate(sent)).toEqual(['claude-2'])
  await tab.evaluate(show)
  await until(tab, 'load')
  expect([await tab.evaluate(sent), await tab.evaluate(choices)]).toEqual([['claude-2'], 9])
})

test('two of them, one in a shadow root, and one in a disabled fieldset know nothing of each other', async () => {
  const base = stage.site.base('ok')
  const tab = await stage.open(
    `${picker(base)}<form><fieldset disabled>${picker(base).replace('<form>', '')}</fieldset></form><div id="host"></div>`,
  )
  await tab.evaluate((src) => {
    const root = one('#host').attachShadow({ mode: 'open' })
    const own = document.createElement('model-picker')
    own.setAttribute('src', src)
    own.append(document.createElement('select'))
    root.append(own)
    own.addEventListener('load', () => seen.events.push('inner'))
  }, base)
  await until(tab, 'load', 2)
  await until(tab, 'inner')
  const found = await tab.evaluate(() => [
    ...[...document.forms].map((form) => new FormData(form).get('model')),
    options(one('#host').shadowRoot?.querySelector('select') as HTMLSelectElement).length,
  ])
  expect(found).toEqual(['claude-2', null, 8])
})

test('the page’s options are as they were when something goes wrong while they are filled in', async () => {
  const before = `document.addEventListener('loadstart', () => {
    document.querySelector('select').append = () => { throw new Error('not today') }
  }, true)`
  const tab = await stage.open(
    picker(
      stage.site.base('ok'),
      `<select name="model">${ownOptions}<option>claude-opus-5-5</option></select>`,
    ),
    { before },
  )
  await until(tab, 'error')
  const found = await tab.evaluate(() => [
    one('select').innerHTML,
    [...new FormData(one('form')).values()],
  ])
  expect(found).toEqual([
    '<option value="">Choose</option><option value="claude-2" selected="">claude-2</option><option>claude-opus-5-5</option>',
    ['claude-2'],
  ])
})

test('what is chosen is there after the person has gone on, and come back', async () => {
  const tab = await stage.open(picker(stage.site.base('ok')))
  await until(tab, 'load')
  await tab.evaluate(() => {
    one('select').value = 'claude-opus-5-5'
  })
  const found = await tab.evaluate(() => {
    // As the back/forward cache does it: nothing runs, nothing is loaded, the page is shown again.
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    return [...new FormData(one('form')).values()]
  })
  expect(found).toEqual(['claude-opus-5-5'])
})
