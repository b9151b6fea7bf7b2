import { describe, expect, test } from 'vitest'
import type { Mood } from './fake-api.ts'
import { inDays } from './models.ts'
import { until, useStage } from './stage.ts'

const stage = useStage()

const placeholder = '<option value="">Choose a model</option>'
const saved = (id: string) => `${placeholder}<option value="${id}" selected>Mine</option>`

interface Written {
  readonly options?: string
  /** Attributes of the select. */
  readonly attributes?: string
}

async function open(mood: Mood, { options = placeholder, attributes = '' }: Written = {}) {
  const base = stage.site.base(mood)
  const tab = await stage.open(`<form><model-picker src="${base}">
    <label for="model">Model</label>
    <select id="model" name="model" ${attributes}>${options}</select>
  </model-picker><button>Send</button></form>`)
  if (mood === 'held') await stage.site.api.first(base)
  else await until(tab, 'loadend')
  return { tab, base }
}

/** What the person sees chosen, and what the form would send. */
const chosen = () => [one('select').selectedOptions[0]?.text, ...new FormData(one('form')).values()]

const dayIn = (days: number, locale = 'en') =>
  new Date(inDays(days)).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })

const current = [
  'Haiku: Claude Haiku 5.5',
  'Sonnet: Claude Sonnet 5.5',
  `Sonnet: Claude Sonnet 4.5 (until ${dayIn(9.5)})`,
  'Opus: Claude Opus 5.5',
  'Opus: Claude Opus 4.8 (deprecated)',
  `Opus: Claude Opus 4.5 (until ${dayIn(-3)})`,
  'Other: Claude Enigma',
]

describe('a picker', () => {
  test('offers the current models by line, newest first, after the page’s own options', async () => {
    const { tab } = await open('ok')
    expect(await tab.evaluate(() => options())).toEqual(['-: Choose a model', ...current])
    expect(await tab.evaluate(() => [one('select').value, seen.events])).toEqual([
      '',
      ['loadstart', 'load', 'loadend'],
    ])
  })

  test('keeps to a line and a lifecycle, in the page’s words', async () => {
    const tab = await stage.open(
      `<model-picker src="${stage.site.base('ok')}" line="opus" lifecycle="deprecated" lang="de"
        data-opus="Opus" data-deprecated="veraltet" data-until="bis *"><select></select></model-picker>`,
    )
    await until(tab, 'load')
    expect(await tab.evaluate(() => options())).toEqual([
      '-: ',
      'Opus: Claude Opus 4.8 (veraltet)',
      `Opus: Claude Opus 4.5 (bis ${dayIn(-3, 'de')})`,
    ])
  })

  test('keeps what it has when a later request fails', async () => {
    const { tab } = await open('flaky')
    await tab.evaluate(() => {
      one('select').value = 'claude-opus-5-5'
      void one('model-picker').load()
    })
    await until(tab, 'error')
    expect(await tab.evaluate(chosen)).toEqual(['Claude Opus 5.5', 'claude-opus-5-5'])
    expect(await tab.evaluate(() => options().length)).toBe(8)
  })

  test('without a select does no harm', async () => {
    const tab = await stage.open(`<model-picker src="${stage.site.base('ok')}"></model-picker>`)
    await until(tab, 'load')
    expect(await tab.evaluate(() => one('model-picker').innerHTML)).toBe('')
  })
})

describe('a chosen value', () => {
  const known = ['claude-opus-5-5', 'Claude Opus 5.5', '-: Choose a model'] as const
  const unknown = ['claude-2', 'Mine', 'Unknown: Mine'] as const

  test.each([known, unknown])('that the page wrote stays chosen: %s, as %s', async (id, text) => {
    const { tab } = await open('ok', { options: saved(id) })
    expect(await tab.evaluate(chosen)).toEqual([text, id])
    const more = id === 'claude-2' ? ['Unknown: Mine'] : []
    expect(await tab.evaluate(() => options())).toEqual(['-: Choose a model', ...current, ...more])
  })

  test('that has retired is kept under its name, with its date', async () => {
    const { tab } = await open('ok', { options: saved('claude-3-haiku-20240307') })
    const text = 'Claude Haiku 3 (retired Apr 20, 2026)'
    expect(await tab.evaluate(chosen)).toEqual([text, 'claude-3-haiku-20240307'])
    expect(await tab.evaluate(() => options())).toContain(`Haiku: ${text}`)
  })

  test.each([
    ['claude-opus-5-5', 'Claude Opus 5.5'],
    ['claude-2', 'claude-2'],
  ])(
    'that a script sets before the models are there is sent then and later: %s',
    async (id, text) => {
      const { tab, base } = await open('held')
      await tab.evaluate((value) => {
        one('select').value = value
      }, id)
      expect((await tab.evaluate(chosen))[1]).toBe(id)
      stage.site.api.release(base)
      await until(tab, 'load')
      expect(await tab.evaluate(chosen)).toEqual([text, id])
    },
  )

  test('that a person chose before the models are there stays chosen', async () => {
    const { tab, base } = await open('held', { options: `${placeholder}<option>mine</option>` })
    await tab.press('Tab')
    await tab.press('ArrowDown')
    stage.site.api.release(base)
    await until(tab, 'load')
    expect(await tab.evaluate(chosen)).toEqual(['mine', 'mine'])
  })

  test('can be set after the models are there, to any id and to none', async () => {
    const { tab } = await open('ok')
    const values = await tab.evaluate(() =>
      ['claude-opus-5-5', 'claude-2', 'claude-3', 'claude-sonnet-5-5', ''].map((value) => {
        one('select').value = value
        return [
          one('select').value,
          one('select').selectedOptions[0]?.closest('optgroup')?.label ?? '',
        ]
      }),
    )
    expect(values).toEqual([
      ['claude-opus-5-5', 'Opus'],
      ['claude-2', 'Unknown'],
      ['claude-3', 'Unknown'],
      ['claude-sonnet-5-5', 'Sonnet'],
      ['', ''],
    ])
  })

  test('is no option twice when a script sets a number', async () => {
    const { tab } = await open('ok', { options: `${placeholder}<option>5</option>` })
    const found = await tab.evaluate(() => {
      one('select').value = 5 as unknown as string
      return [one('select').value, options().filter((text) => text === '-: 5').length]
    })
    expect(found).toEqual(['5', 1])
  })

  test.each(['', null])(
    'can be taken away with %j where there is no empty option',
    async (none) => {
      const { tab } = await open('ok', { options: '' })
      const value = await tab.evaluate((nothing) => {
        one('select').selectedIndex = 1
        one('select').value = nothing as string
        return one('select').value
      }, none)
      expect(value).toBe('')
    },
  )

  test('stays chosen, and nothing is there twice, when the models are asked for again', async () => {
    const { tab } = await open('ok', { options: saved('claude-2') })
    for (const [times, value] of [
      [2, 'claude-2'],
      [3, 'claude-opus-5-5'],
    ] as const) {
      await tab.evaluate((id) => {
        one('select').value = id
        one('model-picker').setAttribute('lifecycle', 'active deprecated')
      }, value)
      await until(tab, 'loadend', times)
      expect((await tab.evaluate(chosen))[1]).toBe(value)
    }
    const kept = ['-: Choose a model', ...current, 'Unknown: Mine']
    expect(await tab.evaluate(() => options())).toEqual(kept)
  })
})

describe('the form', () => {
  test('finds the select by its label, requires a choice, and is filled in by keys alone', async () => {
    const { tab } = await open('ok', { attributes: 'required' })
    const before = await tab.evaluate(() => [
      one('form').checkValidity(),
      one('select').labels.length,
    ])
    expect(before).toEqual([false, 1])
    await tab.press('Tab')
    await tab.press('ArrowDown')
    await tab.press('ArrowDown')
    expect(await tab.evaluate(chosen)).toEqual(['Claude Sonnet 5.5', 'claude-sonnet-5-5'])
    expect(await tab.evaluate(() => one('form').checkValidity())).toBe(true)
  })

  test.each([
    ['the placeholder', placeholder, ''],
    ['a saved value', saved('claude-2'), 'claude-2'],
    ['a saved value that is known', saved('claude-opus-5-5'), 'claude-opus-5-5'],
  ])('resets to %s', async (_, written, value) => {
    const { tab } = await open('ok', { options: written })
    await tab.evaluate(() => {
      one('select').value = 'claude-haiku-5-5'
    })
    expect(await tab.evaluate(chosen)).toEqual(['Claude Haiku 5.5', 'claude-haiku-5-5'])
    await tab.evaluate(() => one('form').reset())
    expect((await tab.evaluate(chosen))[1]).toBe(value)
  })

  test('sends nothing of a select that is disabled, until it is enabled', async () => {
    const { tab } = await open('ok', { options: saved('claude-2'), attributes: 'disabled' })
    const sent = await tab.evaluate(() =>
      [true, false].map((disabled) => {
        one('select').disabled = disabled
        return new FormData(one('form')).get('model')
      }),
    )
    expect(sent).toEqual([null, 'claude-2'])
  })
})

describe('a page that owns the select', () => {
  test('can add and remove options of its own', async () => {
    const automatic = '<option value="auto">Automatic</option>'
    const { tab } = await open('ok', { options: placeholder + automatic })
    await tab.evaluate(() => {
      one('select').prepend(new Option('First', 'first', false, true))
      one('option[value=""]').remove()
      one('model-picker').setAttribute('line', 'haiku')
    })
    await until(tab, 'loadend', 2)
    expect(await tab.evaluate(chosen)).toEqual(['First', 'first'])
    expect(await tab.evaluate(() => options().slice(0, 3))).toEqual([
      '-: First',
      '-: Automatic',
      'Haiku: Claude Haiku 5.5',
    ])
  })

  // What React does for a select whose value it controls: it looks for the option, not for the value.
  test('can choose the option rather than set the value', async () => {
    const { tab } = await open('ok', { options: saved('claude-opus-5-5') })
    const values = await tab.evaluate(() => {
      const select = one('select')
      const own = select.options[1] as HTMLOptionElement
      return ['claude-haiku-5-5', 'claude-2', 'claude-opus-5-5'].map((value) => {
        own.value = value
        const first = [...select.options].find((option) => option.value === value)
        if (first) first.selected = true
        return new FormData(one('form')).get('model')
      })
    })
    expect(values).toEqual(['claude-haiku-5-5', 'claude-2', 'claude-opus-5-5'])
  })

  // What Vue does, and what others do to the option itself.
  test.each<[string, (select: HTMLSelectElement) => void]>([
    ['its place', (select) => (select.selectedIndex = 1)],
    ['its place in the options', (select) => (select.options.selectedIndex = 1)],
    ['the option', (select) => ((select.options[1] as HTMLOptionElement).selected = true)],
    ['its value', (select) => (select.value = 'claude-opus-5-5')],
  ])('chooses what stands for a hidden option by %s', async (_, choose) => {
    const { tab } = await open('ok', { options: saved('claude-opus-5-5') })
    await tab.evaluate(`(${String(choose)})(document.querySelector('select'))` as never)
    expect(await tab.evaluate(chosen)).toEqual(['Claude Opus 5.5', 'claude-opus-5-5'])
    expect(await tab.evaluate(() => one('select').selectedOptions[0]?.hidden)).toBe(false)
  })
})
