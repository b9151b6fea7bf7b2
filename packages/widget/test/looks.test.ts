import type { AxeResults, RunOptions } from 'axe-core'
import { describe, expect, test } from 'vitest'
import { isChromium, type TabOptions } from './browser.ts'
import { declared, names } from './manifest.ts'
import { until, useStage } from './stage.ts'

declare const axe: { run(where: Document, options: RunOptions): Promise<AxeResults> }

const stage = useStage()

async function both(options: TabOptions & { head?: string; lang?: string } = {}, attributes = '') {
  const [list, picker] = [stage.api.base('ok'), stage.api.base('ok')]
  const tab = await stage.open(
    `<h1>Models</h1>
    <model-list src="${list}" limit="4" lifecycle="deprecated retired" ${attributes}></model-list>
    <form><model-picker src="${picker}"><label>Model <select name="model">
      <option value="">Choose</option><option selected>claude-2</option>
    </select></label></model-picker></form>`,
    options,
  )
  await until(tab, 'loadend', 2)
  return tab
}

describe('both elements', () => {
  test.each(isChromium ? [false, true] : [false])(
    'have no fault that axe knows, dark: %s',
    async (dark) => {
      const tab = await both({ dark, head: '<script src="/axe.js"></script>' })
      const { violations, incomplete, passes } = await tab.evaluate(() =>
        axe.run(document, { resultTypes: ['violations', 'incomplete', 'passes'] }),
      )
      const told = (results: AxeResults['violations']) =>
        results.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join()}`)
      expect(told(violations)).toEqual([])
      expect(told(incomplete)).toEqual([])
      const passed = passes.map(({ id }) => id)
      expect(passed).toEqual(
        expect.arrayContaining(['color-contrast', 'button-name', 'listitem', 'select-name']),
      )
    },
  )

  test.runIf(isChromium)('stay on a narrow page', async () => {
    const tab = await both({ width: 320 })
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
})

describe('a list', () => {
  test('is a list of items, with buttons that say what they copy, and a polite status', async () => {
    const tab = await both()
    const told = await tab.evaluate(() => {
      const [list] = pieces('list')
      return {
        list: [list?.localName, list?.role],
        items: pieces('model').map(({ localName }) => localName),
        labels: pieces('copy').map(({ ariaLabel }) => ariaLabel),
        status: pieces('status').map(({ localName }) => localName),
      }
    })
    expect(told).toEqual({
      list: ['ul', 'list'],
      items: ['li', 'li', 'li', 'li'],
      labels: [
        'copy claude-opus-4-8',
        'copy claude-sonnet-4-5-20250929',
        'copy claude-opus-4-5-20251101',
        'copy claude-3-haiku-20240307',
      ],
      status: ['output'],
    })
  })

  test('follows the colour scheme of its page at run time', async () => {
    const tab = await both()
    const looks = await tab.evaluate(() => {
      const look = () => {
        const colour = (element: Element) => getComputedStyle(element).color
        const [name, copy, badge] = ['name', 'copy', 'badge'].map((part) =>
          colour(pieces(part)[0] as Element),
        )
        const page = colour(document.body)
        return { page, asThePage: name === page && copy === page, badge }
      }
      document.documentElement.style.colorScheme = 'light'
      const light = look()
      document.documentElement.style.colorScheme = 'dark'
      return { light, dark: look() }
    })
    expect(looks.light.page).not.toBe(looks.dark.page)
    expect(looks).toMatchObject({
      light: { asThePage: true, badge: 'rgb(136, 85, 0)' },
      dark: { asThePage: true, badge: 'rgb(255, 187, 85)' },
    })
  })

  test('follows the direction of its page', async () => {
    const tab = await both()
    const sides = await tab.evaluate(() => {
      const side = () => {
        const [name, row] = ['name', 'model'].map((part) =>
          pieces(part)[0]?.getBoundingClientRect(),
        )
        if (!name || !row) return 'nowhere'
        if (name.left - row.left < 20) return 'left'
        return row.right - name.right < 20 ? 'right' : 'nowhere'
      }
      const before = side()
      document.documentElement.dir = 'rtl'
      return [before, side(), document.documentElement.scrollWidth <= innerWidth]
    })
    expect(sides).toEqual(['left', 'right', true])
  })

  test('has each badge below its name, as wide as its text', async () => {
    const tab = await both()
    const places = await tab.evaluate(() => {
      const place = (direction: string) => {
        document.documentElement.dir = direction
        return pieces('badge').map((badge) => {
          const [own, name] = [badge, badge.previousElementSibling as Element].map((piece) =>
            piece.getBoundingClientRect(),
          )
          if (!own || !name || own.width > 250) return 'nowhere'
          if (own.top < name.bottom - 2) return 'beside'
          if (Math.abs(own.left - name.left) < 1) return 'left'
          return Math.abs(own.right - name.right) < 1 ? 'right' : 'indented'
        })
      }
      return [place('ltr'), place('rtl')]
    })
    expect(places).toEqual([Array(4).fill('left'), Array(4).fill('right')])
  })

  test('keeps numbers and words together from right to left', async () => {
    const tab = await both({ lang: 'ar' })
    const torn = await tab.evaluate(() => {
      document.documentElement.dir = 'rtl'
      return ['context', 'output', 'date', 'badge']
        .flatMap((part) => pieces(part))
        .filter((piece) => piece.getClientRects().length !== 1)
        .map(({ textContent }) => textContent)
    })
    expect(torn).toEqual([])
  })

  test('never moves', async () => {
    const tab = await both()
    const moving = await tab.evaluate(() => {
      const all = one('model-list').shadowRoot?.querySelectorAll('*') ?? []
      return [...all].filter((piece) => {
        const { transitionDuration, animationName } = getComputedStyle(piece)
        return transitionDuration !== '0s' || animationName !== 'none'
      }).length
    })
    expect(moving).toBe(0)
  })

  test.runIf(isChromium)('keeps its borders and buttons in forced colours', async () => {
    const tab = await both({ forcedColors: true })
    const looks = await tab.evaluate(() =>
      ['model', 'copy'].map((part) => {
        const { borderTopStyle, borderTopWidth, forcedColorAdjust } = getComputedStyle(
          pieces(part)[0] as Element,
        )
        return [
          matchMedia('(forced-colors: active)').matches,
          borderTopStyle,
          borderTopWidth,
          forcedColorAdjust,
        ]
      }),
    )
    expect(looks).toEqual([
      [true, 'solid', '1px', 'auto'],
      [true, 'solid', '1px', 'auto'],
    ])
  })

  test('shows where the focus is', async () => {
    const tab = await both()
    await tab.press('Tab')
    const outline = await tab.evaluate(
      () => getComputedStyle(pieces('copy')[0] as Element).outlineStyle,
    )
    expect(outline).not.toBe('none')
  })

  test('lets the page style every piece, by the parts and properties of the manifest', async () => {
    const tab = await both({}, 'data-more="on"')
    const { cssParts, cssProperties } = declared('model-list')
    const parts = await tab.evaluate(() => {
      const all = [...(one('model-list').shadowRoot?.querySelectorAll('*:not(slot)') ?? [])]
      return {
        all: [...new Set(all.flatMap(({ part }) => part[0] ?? '(none)'))].toSorted(),
        badges: pieces('badge').map(({ part }) => part[1]),
      }
    })
    expect(parts.all).toEqual(names(cssParts))
    expect(parts.badges).toEqual(['deprecated', 'retires', 'overdue', 'retired'])
    const sheet = await tab.evaluate(() =>
      (one('model-list').shadowRoot?.adoptedStyleSheets ?? [])
        .flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText))
        .join(),
    )
    const used = new Set([...sheet.matchAll(/var\((--[a-z-]+)/g)].map(([, name = '']) => name))
    expect([...used].toSorted()).toEqual(names(cssProperties))

    const styled = await tab.evaluate(() => {
      const list = one('model-list')
      list.style.setProperty('--model-accent', 'rgb(1, 2, 3)')
      list.style.setProperty('--model-muted', '0.5')
      list.style.setProperty('--model-rule', 'rgb(4, 5, 6)')
      const style = (part: string) => getComputedStyle(pieces(part)[0] as Element)
      return [style('badge').color, style('facts').opacity, style('model').borderTopColor]
    })
    expect(styled).toEqual(['rgb(1, 2, 3)', '0.5', 'rgb(4, 5, 6)'])
  })
})

describe('the manifest', () => {
  test.each(['model-list', 'model-picker'] as const)(
    'knows the attributes, methods and events of %s',
    async (tagName) => {
      const tab = await both()
      const known = await tab.evaluate((name) => {
        const element = customElements.get(name) as unknown as { observedAttributes: string[] }
        return { observed: element.observedAttributes, load: typeof one(name).load }
      }, tagName)
      const { attributes, members, events } = declared(tagName)
      const plain = names(attributes).filter((name) => !name.startsWith('data-'))
      expect(plain).toEqual(
        known.observed.filter((name) => name !== 'limit' || tagName === 'model-list').toSorted(),
      )
      expect([names(members), known.load]).toEqual([['load'], 'function'])
      const img = ['error', 'load', 'loadend', 'loadstart']
      expect(names(events)).toEqual(tagName === 'model-list' ? ['copy-id', ...img] : img)
    },
  )
})
