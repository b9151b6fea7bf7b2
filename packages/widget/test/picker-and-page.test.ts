import { expect, test } from 'vitest'
import { choices } from './models.ts'
import { until, useStage } from './stage.ts'

// What is the page's stays the page's: what it has disabled, hidden, taken out, copied or put elsewhere.

const stage = useStage()

/** A picker that has loaded, in a form, around this markup. */
async function open(markup: string, rest = '') {
  const src = stage.site.base('ok')
  const tab = await stage.open(
    `<form><model-picker src="${src}" ${rest}>${markup}</model-picker></form>`,
  )
  await until(tab, 'load')
  return tab
}

const select = (options: string) => `<select name="model">${options}</select>`
const saved = '<option value="">Choose</option><option value="claude-2" selected>Mine</option>'

test.each([
  ['disabled', '<option value="claude-opus-5-5" disabled="">Soon</option>'],
  ['hidden', '<option value="claude-opus-5-5" hidden="">Never</option>'],
  ['in a disabled group', '<optgroup disabled=""><option>claude-opus-5-5</option></optgroup>'],
  ['in a hidden group', '<optgroup hidden=""><option>claude-opus-5-5</option></optgroup>'],
])('an option of the page that is %s stays so, and is offered nowhere else', async (_, own) => {
  const tab = await open(select(saved + own))
  await tab.evaluate(() => one('model-picker').setAttribute('lifecycle', 'active'))
  await until(tab, 'load', 2)
  const left = await tab.evaluate(() => {
    const all = [...one('select').options]
    const found = all.find((option) => option.value === 'claude-opus-5-5')
    return [
      (found?.closest('optgroup') ?? found)?.outerHTML,
      all.filter((option) => option.value === 'claude-opus-5-5').length,
    ]
  })
  expect(left).toEqual([own, 1])
})

test('what a page hides while ours stands for it stays hidden, and comes back enabled', async () => {
  const tab = await open(select(saved))
  const states = await tab.evaluate(async () => {
    const own = one('select').options[1] as HTMLOptionElement
    const state = () => [own.hidden, own.disabled, options().includes('Unknown: Mine')]
    const found = [state()]
    for (const hidden of [true, false]) {
      own.hidden = hidden
      await nextFrames()
      found.push(state())
    }
    return found
  })
  expect(states).toEqual([
    [true, true, true],
    [true, false, false],
    [true, true, true],
  ])
})

test('a group of the page shows no heading while nothing of it is shown', async () => {
  const tab = await open(select('<optgroup label="Own"><option>claude-2</optgroup>'))
  const shown = await tab.evaluate(async () => {
    const group = one('optgroup')
    const before = [group.hidden, options()[0]]
    group.append(new Option('Automatic', 'auto'), new Option('claude-3', 'claude-3'))
    await nextFrames()
    return [before, [group.hidden, group.disabled, options()[0]], options().slice(-2)]
  })
  expect(shown).toEqual([
    [true, '-: '],
    [false, false, 'Own: Automatic'],
    ['Unknown: claude-2', 'Unknown: claude-3'],
  ])
})

test('a model that a page presets later is what a reset brings', async () => {
  const tab = await open(select('<option value="">-</option><option>claude-opus-5-5</option>'))
  const sent = await tab.evaluate(async () => {
    one('select').options[1]?.setAttribute('selected', '')
    await nextFrames()
    one('select').value = 'claude-haiku-5-5'
    one('form').reset()
    const [option] = one('select').selectedOptions
    return [option?.value, option?.hidden]
  })
  expect(sent).toEqual(['claude-opus-5-5', false])
})

test('of options that a page takes away, its own next one is chosen, as without the picker', async () => {
  const tab = await open(select('<option selected>first</option><option>second</option>'))
  const sent = await tab.evaluate(async () => {
    one('select').remove(0)
    await nextFrames()
    return one('select').value
  })
  expect(sent).toBe('second')
})

test('without models, the options are as the page wrote them', async () => {
  const src = stage.site.base('down')
  const tab = await stage.open(`<model-picker src="${src}">${select(saved)}</model-picker>`)
  await until(tab, 'error')
  expect(await tab.evaluate(() => one('select').innerHTML)).toBe(
    saved.replace('selected', 'selected=""'),
  )
})

test('values that a script sets one after the other are no options afterwards', async () => {
  const tab = await open(select('<option value="">Choose</option>'))
  const found = await tab.evaluate(() => {
    const own = one('select')
    const counts = ['claude-2', 'claude-3', 'mine', 'claude-opus-5-5', 'claude-2'].map((value) => {
      own.value = value
      return [
        own.value,
        options()
          .filter((text) => text.startsWith('Unknown'))
          .join(),
      ]
    })
    one('form').reset()
    return [...counts, [own.value, '']]
  })
  expect(found).toEqual([
    ['claude-2', 'Unknown: claude-2'],
    ['claude-3', 'Unknown: claude-3'],
    ['mine', 'Unknown: mine'],
    ['claude-opus-5-5', 'Unknown: mine'],
    ['claude-2', 'Unknown: claude-2'],
    ['', ''],
  ])
})

test('words beside the select change without a new list of options', async () => {
  const tab = await open(`<label>Model ${select(saved)}</label><p class="hint">Hint</p>`)
  const isSame = await tab.evaluate(async () => {
    const last = () => [...one('select').options].at(-1)
    const before = last()
    const [label, hint] = [one('label').firstChild as Text, one('.hint')]
    label.data = 'Another model'
    hint.textContent = 'Another hint'
    hint.append(document.createElement('input'))
    await nextFrames()
    const isKept = before === last()
    // What is written in the select counts.
    const text = one('select').options[1]?.firstChild as Text
    text.data = 'Yours'
    await nextFrames()
    return [isKept, last()?.text]
  })
  expect(isSame).toEqual([true, 'Yours'])
})

test('a picker in a picker is another’s, and both rest', async () => {
  const src = stage.site.base('ok')
  const inner = `<model-picker src="${src}">${select(saved).replace('model', 'inner')}</model-picker>`
  const tab = await open(inner + select(saved))
  await until(tab, 'load', 2)
  const found = await tab.evaluate(async () => {
    const all = [...document.querySelectorAll('select')]
    const first = all.map((each) => [...each.options].at(-1))
    await nextFrames()
    return [
      ...all.map((each, at) => [options(each).length, first[at] === [...each.options].at(-1)]),
      ...new FormData(one('form')),
    ]
  })
  expect(found).toEqual([
    [9, true],
    [9, true],
    ['inner', 'claude-2'],
    ['model', 'claude-2'],
  ])
})

test.each<[string, (own: HTMLSelectElement) => void]>([
  ['leaves the picker', (own) => one('form').append(own)],
  ['becomes multiple', (own) => (own.multiple = true)],
])('a select that %s is the page’s again', async (_, change) => {
  const tab = await open(select(saved))
  const before = await tab.evaluate(() => options().length)
  await tab.evaluate(`(${String(change)})(document.querySelector('select'))` as never)
  const after = await tab.evaluate(async () => {
    await nextFrames()
    const { innerHTML } = one('select')
    return [innerHTML, new FormData(one('form')).get('model')]
  })
  expect(before).toBe(9)
  expect(after).toEqual([saved.replace('selected', 'selected=""'), 'claude-2'])
})

test('a select that leaves with a model of ours chooses nothing', async () => {
  const tab = await open(select('<option value="auto">Automatic</option>'))
  const sent = await tab.evaluate(async () => {
    one('select').value = 'claude-opus-5-5'
    one('form').append(one('select'))
    await nextFrames()
    return [new FormData(one('form')).get('model'), one('select').options.length]
  })
  expect(sent).toEqual([null, 1])
})

// As where a page's markup is saved and put back.
test('a copy of a picker with its choices has each of them once', async () => {
  const tab = await open(select(saved.replace('claude-2', 'claude-opus-5-5')))
  const state = () => [
    new FormData(one('form')).get('model'),
    options(),
    Array.from(
      document.querySelectorAll('optgroup:not([hidden])'),
      ({ children }) => children.length,
    ),
  ]
  const once = await tab.evaluate(state)
  await tab.evaluate(() => one('form').replaceWith(one('form').cloneNode(true)))
  await until(tab, 'load', 2)
  expect(await tab.evaluate(state)).toEqual(once)
  expect(once[0]).toBe('claude-opus-5-5')
})

test('with display: contents it asks when its select comes', async () => {
  const src = stage.site.base('ok')
  const before = `document.addEventListener('DOMContentLoaded', () => {
    document.querySelector('model-picker').style.display = 'contents'
  })`
  const tab = await stage.open(`<model-picker src="${src}"></model-picker>`, { before })
  await tab.evaluate(() => nextFrames())
  expect(stage.site.api.asked(src)).toEqual([])
  await tab.evaluate(() => one('model-picker').append(document.createElement('select')))
  await until(tab, 'load')
  expect(stage.site.api.asked(src).length).toBe(1)
})

test('a select that comes later brings no second request', async () => {
  const src = stage.site.base('ok')
  const tab = await stage.open(`<model-picker src="${src}"></model-picker>`)
  await until(tab, 'load')
  await tab.evaluate(async () => {
    one('model-picker').append(document.createElement('select'))
    await nextFrames()
  })
  expect(await tab.evaluate(() => options().length)).toBe(8)
  expect(stage.site.api.asked(src).length).toBe(1)
})

test('type-ahead comes to each choice once, and to nothing that is hidden', async () => {
  const own =
    '<option value="claude-opus-5-5">Crew</option><option value="claude-2">Claude 2</option>'
  const tab = await open(select(`<option value="">-</option>${own}`))
  const chosen = () => {
    const [option] = one('select').selectedOptions
    return `${option?.hidden ? 'hidden ' : ''}${option?.text.replace(/ \(.*/, '')}`
  }
  await tab.press('Tab')
  const walk: string[] = []
  for (let count = 0; count < 9; count += 1) {
    await tab.press('C')
    walk.push(await tab.evaluate(chosen))
  }
  expect(walk).toEqual([...choices, 'Claude 2', choices[0]])
})
