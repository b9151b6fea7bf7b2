import type { AxeResults, RunOptions } from 'axe-core'
import { describe, expect, test } from 'vitest'
import { isChromium, type TabOptions } from './browser.ts'
import { until, useStage } from './stage.ts'

declare const axe: { run(where: Document, options: RunOptions): Promise<AxeResults> }

const stage = useStage()

async function both(options: TabOptions & { head?: string; lang?: string } = {}) {
  const base = stage.site.base('ok')
  const tab = await stage.open(
    `<h1>Models</h1>
    <model-list src="${base}" limit="4" lifecycle="deprecated retired" data-more="on"></model-list>
    <form><model-picker src="${base}"><label>Model <select name="model">
      <option value="">Choose</option><option selected>claude-2</option>
    </select></label></model-picker></form>`,
    options,
  )
  await until(tab, 'load', 2)
  return tab
}

test.each(isChromium ? [false, true] : [false])(
  'the elements have no fault that axe knows, dark: %s',
  async (dark) => {
    const tab = await both({ dark, head: '<script src="/axe.js"></script>' })
    const { violations, incomplete, passes } = await tab.evaluate(() =>
      axe.run(document, { resultTypes: ['violations', 'incomplete', 'passes'] }),
    )
    expect([...violations, ...incomplete].map(({ id, nodes }) => [id, nodes[0]?.target])).toEqual(
      [],
    )
    const passed = ['color-contrast', 'button-name', 'listitem', 'select-name']
    expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(passed))
  },
)

describe('a list', () => {
  test('follows the colours of its page at run time', async () => {
    const tab = await both()
    const looks = await tab.evaluate(() =>
      ['light', 'dark'].map((scheme) => {
        document.documentElement.style.colorScheme = scheme
        const colour = (element: Element | undefined) => getComputedStyle(element as Element).color
        const [page, ...own] = [document.body, pieces('name')[0], pieces('copy')[0]].map(colour)
        return [own.every((one_) => one_ === page), colour(pieces('badge')[0])]
      }),
    )
    expect(looks).toEqual([
      [true, 'rgb(136, 85, 0)'],
      [true, 'rgb(255, 187, 85)'],
    ])
  })

  test('follows the direction of its page, and keeps numbers and words together', async () => {
    const tab = await both({ lang: 'ar' })
    const shown = await tab.evaluate(() =>
      ['ltr', 'rtl'].map((direction) => {
        document.documentElement.dir = direction
        const [name, row] = [pieces('name')[0], pieces('model')[0]].map((piece) =>
          (piece as Element).getBoundingClientRect(),
        ) as [DOMRect, DOMRect]
        const torn = ['context', 'output', 'date', 'badge']
          .flatMap((part) => pieces(part))
          .filter((piece) => piece.getClientRects().length !== 1)
        const isLeft = name.left - row.left < row.right - name.right
        return [isLeft, torn.length, document.documentElement.scrollWidth <= innerWidth]
      }),
    )
    expect(shown).toEqual([
      [true, 0, true],
      [false, 0, true],
    ])
  })

  test('keeps the order of a number and its word from right to left', async () => {
    const tab = await both()
    const places = await tab.evaluate(() => {
      document.documentElement.dir = 'rtl'
      return [pieces('status')[0], pieces('context')[0]].map((piece) => {
        const text = piece?.firstChild as Text
        return [0, text.length - 1].map((at) => {
          const range = document.createRange()
          range.setStart(text, at)
          range.setEnd(text, at + 1)
          return range.getBoundingClientRect().left
        })
      })
    })
    for (const [first = 0, last = 0] of places) expect(first).toBeLessThan(last)
  })

  test.runIf(isChromium)('stays on a narrow page, with its borders in forced colours', async () => {
    const tab = await both({ width: 320, forcedColors: true })
    const looks = await tab.evaluate(() => [
      document.documentElement.scrollWidth,
      ...['model', 'copy'].map((part) => getComputedStyle(pieces(part)[0] as Element).borderTop),
    ])
    expect(looks).toEqual([320, ...Array(2).fill(expect.stringMatching(/^1px solid rgb\(/))])
  })

  test.runIf(isChromium)('fits into 320 pixels with a wide font and a long name', async () => {
    const tab = await both({ width: 320 })
    const found = await tab.evaluate(() => {
      document.body.style.font = '24px monospace'
      const row = pieces('id')[0] as Element
      row.textContent = 'an-id-without-any-space-in-it'.repeat(4)
      const wide = pieces('model').filter((model) => model.getBoundingClientRect().right > 320)
      return [wide.length, one('model-list').scrollWidth <= 320]
    })
    expect(found).toEqual([0, true])
  })

  test('leaves the page’s own words where they are when it fails', async () => {
    const before = `document.addEventListener('readystatechange', () => {
      globalThis.topBefore ??= document.querySelector('p').getBoundingClientRect().top
    })`
    const src = stage.site.base('down')
    const tab = await stage.open(`<model-list src="${src}"><p>Our own words</p></model-list>`, {
      before,
    })
    await until(tab, 'error')
    const moved = await tab.evaluate(
      () =>
        one('p').getBoundingClientRect().top -
        (globalThis as unknown as { topBefore: number }).topBefore,
    )
    expect(moved).toBe(0)
  })

  test('shows where the focus is', async () => {
    const tab = await both()
    await tab.press('Tab')
    const outline = await tab.evaluate(() => {
      const { activeElement } = one('model-list').shadowRoot as ShadowRoot
      return [activeElement?.part.value, getComputedStyle(activeElement as Element).outlineStyle]
    })
    expect(outline).toEqual(['copy', expect.not.stringMatching(/^none$/)])
  })

  test('can be styled by the page, piece by piece', async () => {
    const tab = await both()
    const looks = await tab.evaluate(() => {
      const list = one('model-list')
      list.style.setProperty('--model-accent', 'rgb(1, 2, 3)')
      list.style.setProperty('--model-muted', '0.5')
      list.style.setProperty('--model-rule', 'rgb(4, 5, 6)')
      const style = (part: string) => getComputedStyle(pieces(part)[0] as Element)
      return {
        styles: [style('badge').color, style('facts').opacity, style('model').borderTopColor],
        badges: pieces('badge').map(({ part }) => part[1]),
      }
    })
    expect(looks).toEqual({
      styles: ['rgb(1, 2, 3)', '0.5', 'rgb(4, 5, 6)'],
      badges: ['deprecated', 'retires', 'overdue', 'retired'],
    })
  })
})
