import { describe, expect, test } from 'vitest'
import { isChromium } from './browser.ts'
import { markup } from './models.ts'
import { until, useStage } from './stage.ts'

const stage = useStage()

const placeholder = '<option value="">Choose a model</option>'

function picker(base: string, options = placeholder, attributes = 'required'): string {
  return `<form><model-picker src="${base}">
    <label for="model">Model</label>
    <select id="model" name="model" ${attributes}>${options}</select>
  </model-picker><button>Send</button></form>`
}

async function loaded(
  mood: Parameters<typeof stage.api.base>[0],
  options?: string,
  attributes?: string,
) {
  const base = stage.api.base(mood)
  const tab = await stage.open(picker(base, options, attributes))
  await until(tab, 'loadend')
  return { tab, base }
}

const groups = (overdue: string, soon: string) => [
  'haiku: Claude Haiku 5.5',
  'sonnet: Claude Sonnet 5.5',
  `sonnet: Claude Sonnet 4.5 (until ${soon})`,
  'opus: Claude Opus 5.5',
  'opus: Claude Opus 4.8 (deprecated)',
  `opus: Claude Opus 4.5 (until ${overdue})`,
  'other: Claude Enigma',
]

function dayFromNow(days: number): string {
  const date = new Date(Date.now() + days * 86_400_000)
  return date.toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' })
}

const current = groups(dayFromNow(-3), dayFromNow(9.5))

describe('a picker', () => {
  test('fills the page’s own select by line, newest first', async () => {
    const { tab, base } = await loaded('ok')
    const shown = await tab.evaluate(() => ({
      options: options(),
      value: one('select').value,
      events: seen.events,
    }))
    expect(shown).toEqual({
      options: ['-: Choose a model', ...current],
      value: '',
      events: ['loadstart', 'load', 'loadend'],
    })
    expect(stage.api.asked(base).map(({ query }) => query)).toEqual(['?limit=1000'])
  })

  test('takes names as text, never as markup', async () => {
    const { tab } = await loaded('markup', '')
    expect(await tab.evaluate(() => options())).toEqual([`<u>: ${markup}`])
    expect(await tab.evaluate(() => one('select').value)).toBe('claude-<i>-$&')
  })

  test('understands an answer of 2024', async () => {
    const { tab } = await loaded('bare', '')
    expect(await tab.evaluate(() => options())).toEqual(['other: Claude Old'])
  })

  test('offers 1,000 models', async () => {
    const { tab } = await loaded('thousand')
    expect(await tab.evaluate(() => options().length)).toBe(1001)
  })

  test('keeps to a line and a lifecycle, in the page’s words', async () => {
    const base = stage.api.base('ok')
    const tab = await stage.open(
      `<model-picker src="${base}" line="opus" lifecycle="deprecated" lang="de"
        data-opus="Opus" data-deprecated="veraltet" data-until="bis *"><select></select></model-picker>`,
    )
    await until(tab, 'load')
    const day = await tab.evaluate(() =>
      new Date(Date.now() - 3 * 86_400_000).toLocaleDateString('de', {
        dateStyle: 'medium',
        timeZone: 'UTC',
      }),
    )
    expect(await tab.evaluate(() => options())).toEqual([
      'Opus: Claude Opus 4.8 (veraltet)',
      `Opus: Claude Opus 4.5 (bis ${day})`,
    ])
  })

  test.each(['down', 'wrong', 'html', 'cut', 'no-list', 'nulls', 'empty'] as const)(
    'leaves the select as the page wrote it when the API is %s',
    async (mood) => {
      const written = `${placeholder}<option value="saved" selected>Saved</option><optgroup label="Mine"><option>own</option></optgroup>`
      const { tab } = await loaded(mood, written, '')
      expect(await tab.evaluate(() => [one('select').innerHTML, one('select').value])).toEqual([
        written.replace(' selected', ' selected=""'),
        'saved',
      ])
      expect(await tab.evaluate(() => seen.events[1])).toBe(mood === 'empty' ? 'load' : 'error')
    },
  )

  test('keeps what it has when a later request fails', async () => {
    const { tab } = await loaded('flaky')
    await tab.evaluate(() => {
      one('select').value = 'claude-opus-5-5'
      one('model-picker').setAttribute('lifecycle', 'active')
    })
    await until(tab, 'error')
    const shown = await tab.evaluate(() => [one('select').value, options().length])
    expect(shown).toEqual(['claude-opus-5-5', 8])
  })

  test('without a select does no harm', async () => {
    const tab = await stage.open(`<model-picker src="${stage.api.base('ok')}"></model-picker>`)
    await until(tab, 'loadend')
    expect(await tab.evaluate(() => one('model-picker').innerHTML)).toBe('')
  })

  test.runIf(isChromium)('is a plain select without JavaScript', async () => {
    const tab = await stage.open(picker(stage.api.base('ok')), { javaScript: false })
    expect(await tab.evaluate(() => document.querySelector('select')?.checkVisibility())).toBe(true)
  })

  test('can wait in a hidden place, and a list can lie beside it', async () => {
    const [first, second] = [stage.api.base('ok'), stage.api.base('ok')]
    const tab = await stage.open(
      `<div hidden>${picker(first)}</div><model-list src="${second}"></model-list>`,
    )
    await until(tab, 'loadend')
    expect(stage.api.asked(first)).toEqual([])
    await tab.evaluate(() => one('[hidden]').removeAttribute('hidden'))
    await until(tab, 'loadend', 2)
    expect(await tab.evaluate(() => [options().length, texts('id').length])).toEqual([8, 7])
  })
})

describe('a chosen value', () => {
  test('that the API knows stays chosen, under its name', async () => {
    const { tab } = await loaded(
      'ok',
      `${placeholder}<option value="claude-opus-5-5" selected>claude-opus-5-5</option>`,
    )
    const shown = await tab.evaluate(() => ({
      value: one('select').value,
      text: one('select').selectedOptions[0]?.text,
      options: options(),
    }))
    expect(shown).toEqual({
      value: 'claude-opus-5-5',
      text: 'Claude Opus 5.5',
      options: ['-: Choose a model', ...current],
    })
  })

  test('that the API does not know stays chosen, and is marked', async () => {
    const { tab } = await loaded(
      'ok',
      `${placeholder}<option value="claude-2" selected>Claude 2</option>`,
    )
    const shown = await tab.evaluate(() => ({
      value: one('select').value,
      sent: new FormData(one('form')).getAll('model'),
      options: options(),
    }))
    expect(shown).toEqual({
      value: 'claude-2',
      sent: ['claude-2'],
      options: ['-: Choose a model', ...current, 'unknown: Claude 2'],
    })
  })

  test('stays chosen, and nothing is there twice, when the models are asked for again', async () => {
    const { tab } = await loaded('ok', `${placeholder}<option selected>claude-2</option>`)
    for (const [times, value] of [
      [2, 'claude-2'],
      [3, 'claude-opus-5-5'],
    ] as const) {
      await tab.evaluate((chosen) => {
        one('select').value = chosen
        one('model-picker').setAttribute('lifecycle', 'active deprecated')
      }, value)
      await until(tab, 'loadend', times)
      expect(await tab.evaluate(() => one('select').value)).toBe(value)
    }
    expect(await tab.evaluate(() => options())).toEqual(['-: Choose a model', ...current])
  })

  test.each([
    ['claude-opus-5-5', 'Claude Opus 5.5'],
    ['claude-2', 'claude-2'],
  ])('can be set before the models are there, as %s', async (value, text) => {
    const base = stage.api.base('held')
    const tab = await stage.open(picker(base))
    await expect.poll(() => stage.api.asked(base)).toHaveLength(1)
    const early = await tab.evaluate((chosen) => {
      one('select').value = chosen
      return [one('select').value, new FormData(one('form')).get('model')]
    }, value)
    expect(early).toEqual([value, value])
    stage.api.release(base)
    await until(tab, 'load')
    const late = await tab.evaluate(() => [
      one('select').value,
      one('select').selectedOptions[0]?.text,
    ])
    expect(late).toEqual([value, text])
  })

  test('can be set after the models are there, to any id and to none', async () => {
    const { tab } = await loaded('ok')
    const values = await tab.evaluate(() =>
      ['claude-opus-5-5', 'claude-2', 'claude-3', 'claude-sonnet-5-5', ''].map((value) => {
        one('select').value = value
        return [
          one('select').value,
          options()
            .filter((text) => text.startsWith('unknown'))
            .join(),
        ]
      }),
    )
    expect(values).toEqual([
      ['claude-opus-5-5', ''],
      ['claude-2', 'unknown: claude-2'],
      ['claude-3', 'unknown: claude-3'],
      ['claude-sonnet-5-5', 'unknown: claude-3'],
      ['', 'unknown: claude-3'],
    ])
  })

  test('can be taken away where there is no empty option', async () => {
    const { tab } = await loaded('ok', '')
    // Some frameworks say null for nothing.
    const indexes = await tab.evaluate(() =>
      ['', null].map((nothing) => {
        one('select').selectedIndex = 1
        one('select').value = nothing as string
        return one('select').selectedIndex
      }),
    )
    expect(indexes).toEqual([-1, -1])
  })

  test('stays what a person chose', async () => {
    const base = stage.api.base('held')
    const tab = await stage.open(picker(base, `${placeholder}<option>mine</option>`))
    await expect.poll(() => stage.api.asked(base)).toHaveLength(1)
    await tab.evaluate(() => {
      one('select').selectedIndex = 1
    })
    stage.api.release(base)
    await until(tab, 'load')
    expect(await tab.evaluate(() => one('select').value)).toBe('mine')
  })
})

describe('the form', () => {
  test('finds the select by its label, requires a choice, and sends it', async () => {
    const { tab } = await loaded('ok')
    const told = await tab.evaluate(() => {
      const form = one('form')
      const select = one('select')
      const empty = [form.checkValidity(), select.labels[0]?.textContent]
      select.value = 'claude-haiku-5-5'
      return [...empty, form.checkValidity(), [...new FormData(form)]]
    })
    expect(told).toEqual([false, 'Model', true, [['model', 'claude-haiku-5-5']]])
  })

  test.each([
    ['the placeholder', placeholder, ''],
    ['a saved value', `${placeholder}<option selected>claude-2</option>`, 'claude-2'],
    [
      'a saved value that is known',
      `${placeholder}<option selected>claude-opus-5-5</option>`,
      'claude-opus-5-5',
    ],
  ])('resets to %s', async (_, written, value) => {
    const { tab } = await loaded('ok', written)
    const values = await tab.evaluate(() => {
      one('select').value = 'claude-haiku-5-5'
      const before = one('select').value
      one('form').reset()
      return [before, one('select').value]
    })
    expect(values).toEqual(['claude-haiku-5-5', value])
  })

  test('can disable it, before and after', async () => {
    const { tab } = await loaded('ok', placeholder, 'disabled')
    const told = await tab.evaluate(() => {
      const form = one('form')
      const select = one('select')
      const before = [select.disabled, select.matches(':disabled'), [...new FormData(form)].length]
      select.disabled = false
      return [...before, [...new FormData(form)].length]
    })
    expect(told).toEqual([true, true, 0, 1])
  })

  test('is filled in by the keyboard alone', async () => {
    const { tab } = await loaded('ok')
    await tab.press('Tab')
    await tab.press('ArrowDown')
    await tab.press('ArrowDown')
    expect(await tab.evaluate(() => one('select').value)).toBe('claude-sonnet-5-5')
  })
})

describe('a page that owns the select', () => {
  test('can add and remove options of its own', async () => {
    const { tab } = await loaded('ok', `${placeholder}<option value="auto">Automatic</option>`)
    await tab.evaluate(() => one('select').prepend(new Option('First', 'first', false, true)))
    await tab.evaluate(() => one('model-picker').setAttribute('lifecycle', 'active'))
    await until(tab, 'loadend', 2)
    const shown = await tab.evaluate(() => {
      const [, ...rest] = options()
      const value = one('select').value
      one('option').remove()
      return { value, rest, removed: options()[0] }
    })
    expect(shown).toEqual({
      value: 'first',
      rest: [
        '-: Automatic',
        'haiku: Claude Haiku 5.5',
        'sonnet: Claude Sonnet 5.5',
        'opus: Claude Opus 5.5',
        'other: Claude Enigma',
        'unknown: First',
      ],
      removed: '-: Choose a model',
    })
  })

  // What React does for a select whose value it controls: it looks for the option, not for the value.
  test('can choose the option rather than set the value', async () => {
    const { tab } = await loaded(
      'ok',
      `${placeholder}<option value="claude-opus-5-5" selected>claude-opus-5-5</option>`,
    )
    const values = await tab.evaluate(() => {
      const select = one('select')
      const own = select.options[1] as HTMLOptionElement
      const render = (value: string) => {
        own.value = value
        own.text = value
        for (const option of select.options) {
          if (option.value !== value) continue
          option.selected = true
          break
        }
        return [select.value, select.selectedOptions[0]?.text]
      }
      return [render('claude-haiku-5-5'), render('claude-2'), render('claude-opus-5-5')]
    })
    expect(values).toEqual([
      ['claude-haiku-5-5', 'claude-haiku-5-5'],
      ['claude-2', 'claude-2'],
      ['claude-opus-5-5', 'claude-opus-5-5'],
    ])
  })

  test('can remove the element while it loads', async () => {
    const base = stage.api.base('held')
    const tab = await stage.open(picker(base))
    await expect.poll(() => stage.api.asked(base)).toHaveLength(1)
    await tab.evaluate(() => one('model-picker').remove())
    await expect.poll(() => stage.api.asked(base)[0]?.aborted).toBe(true)
  })
})
