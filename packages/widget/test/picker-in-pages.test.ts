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

test('a choice that the page takes away is nobody’s choice any more', async () => {
  const select = '<select name="model"><option value="auto">Automatic</option></select>'
  const tab = await stage.open(picker(stage.site.base('ok'), select))
  await until(tab, 'load')
  await tab.evaluate(async () => {
    one('select').remove(0)
    await nextFrames()
  })
  expect([[], ['']]).toContainEqual(await tab.evaluate(sent))
})

test.each([
  ['a group of the page that is disabled', '<optgroup disabled><option value="x">x</optgroup>', ''],
  ['a choice that a script disables', '<option value="">Choose', ''],
  ['the first, a model', '<option>claude-opus-5-5<option>claude-2', 'claude-opus-5-5'],
  ['the last of two', '<option value="claude-opus-5-5" selected>O<option selected>a', 'a'],
  [
    'the last of two, a model',
    '<option selected>a<option value="claude-opus-5-5" selected>O',
    'claude-opus-5-5',
  ],
])('a reset brings what the page wrote: %s', async (_, options, wanted) => {
  const tab = await stage.open(
    picker(stage.site.base('ok'), `<select name="model">${options}</select>`),
  )
  await until(tab, 'load')
  await tab.evaluate(async () => {
    const first = one('select').options[0]
    if (first?.value === '') first.disabled = true
    await nextFrames()
    one('form').reset()
    await nextFrames()
  })
  expect(await tab.evaluate(sent)).toEqual([wanted])
})

test('a select that was taken away chooses nothing in the one after it', async () => {
  const tab = await stage.open(picker(stage.site.base('ok')))
  await until(tab, 'load')
  await tab.evaluate(async () => {
    const old = one('select')
    const select = document.createElement('select')
    select.name = 'model'
    old.replaceWith(select)
    await nextFrames()
    old.value = 'claude-opus-5-5'
    await nextFrames()
  })
  expect([[], ['']]).toContainEqual(await tab.evaluate(sent))
})

test('a page that writes into the options has the last word', async () => {
  const tab = await stage.open(picker(stage.site.base('ok')))
  const found = await tab.evaluate(async () => {
    let times = 0
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          for (const option of (node as HTMLElement).querySelectorAll?.('option') ?? [])
            if ((times += 1) < 100) option.text = `${option.text} *`
    }).observe(one('select'), { childList: true, subtree: true })
    await one('model-picker').load()
    await nextFrames()
    return [times, options().filter((text) => text.endsWith(' *')).length]
  })
  expect(found[0]).toBe(found[1])
  expect(found[0]).toBeGreaterThan(3)
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
  ['a hidden tab', '<div hidden id="tab">', '</div>', () => one('#tab').removeAttribute('hidden')],
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
