import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Tab } from './browser.ts'
import type { Step } from './frameworks/matrix.ts'
import type { Way } from './frameworks/mount.ts'
import { type Form, type Order, orders, type Page, pages } from './frameworks/site.ts'
import { useFrameworks } from './frameworks/use-frameworks.ts'
import { choices } from './models.ts'

// What a form sends, whoever renders it and whatever comes first: the saved value, or nothing.

const ways: readonly Way[] = ['no options', 'an empty option', 'the saved option']

const opus = 'claude-opus-5-5'
/** What is saved at first, and later. */
const values = {
  listed: [opus, opus],
  retired: ['claude-3-haiku-20240307', 'claude-3-haiku-20240307'],
  unknown: ['claude-2', 'claude-2'],
  none: ['', ''],
  'set late': ['', opus],
  'set twice': ['claude-sonnet-5-5', 'claude-2'],
} as const

const forms: readonly Form[] = ways.flatMap((way) =>
  Object.values(values).map(([saved, last]) => ({ way, saved, last })),
)
/** Of nothing that happens may a form send anything else. */
const steps: readonly Step[] = ['nothing', 'again', 'change', 'moved', 'attributes', 'again']

const frameworks = useFrameworks()

async function take(tab: Tab, page: Page, order: Order, part: string): Promise<void> {
  if (part === 'models') return tab.evaluate(() => matrix.models())
  if (part === 'widget') return tab.evaluate((address) => matrix.widget(address), '/widget.js')
  const hydrates = order.endsWith('page')
  if (pages[page] !== 'plain.ts') return tab.evaluate((last) => matrix.page(last), hydrates)
  const isInItsHtml =
    page === 'deferred script' || (page === 'inline script' && order.startsWith('page'))
  if (!isInItsHtml) await tab.evaluate(() => matrix.script('/run.js'))
}

const rows = new Map<string, readonly string[]>()
const cases = (Object.keys(pages) as Page[]).flatMap((page) =>
  orders
    // What is deferred does not wait for the models.
    .filter((order) => page !== 'deferred script' || !order.endsWith('page'))
    .map((order) => [page, order] as const),
)

test.each(cases)('by %s; %s: a form sends the saved value or nothing', async (page, order) => {
  const tab = await frameworks.browser.open(await frameworks.site.serve(page, order, forms), {})
  for (const part of order.split(', ')) {
    await take(tab, page, order, part)
    const early = await tab.evaluate(() => matrix.after('nothing'))
    expect(early.filter((sent, at) => sent && sent !== forms[at]?.saved)).toEqual([])
  }
  const sent: (readonly (string | null)[])[] = []
  for (const step of steps) sent.push(await tab.evaluate((name) => matrix.after(name), step))
  const reset = await tab.evaluate(() => matrix.after('reset'))
  await tab.close()

  forms.forEach(({ way, saved, last }, at) => {
    const told = sent.map((all, step) => {
      const value = step < 2 ? saved : last
      return !all[at] ? 'nothing' : all[at] === value ? 'saved' : `WRONG: ${all[at]}`
    })
    expect(told.join(), `${way}, ${saved}, ${last}`).not.toContain('WRONG')
    // A page that writes what is saved loses it nowhere.
    if (way === 'the saved option' && last) expect(told.slice(2)).not.toContain('nothing')
    expect(['', null, saved, last]).toContain(reset[at])
    const shown = saved === last ? told.slice(0, 2) : told.slice(2, 3)
    const key = `| ${page} | ${way} | ${order} |`
    rows.set(key, [...(rows.get(key) ?? []), [...new Set(shown)].join(', then ')])
  })
})

test.each(['React', 'Vue', 'Svelte', 'inline script'] as const)(
  'by %s: keys come to each choice once, down and up',
  async (page) => {
    const own = [{ way: 'the saved option', saved: 'claude-opus-4-8', last: '' }] as const
    const tab = await frameworks.browser.open(
      await frameworks.site.serve(page, 'page, widget, models', own),
      {},
    )
    for (const part of ['page', 'widget', 'models'])
      await take(tab, page, 'page, widget, models', part)
    await tab.evaluate(() => matrix.after('again'))
    const chosen = () =>
      tab.evaluate(() => {
        const [option] = document.querySelector('select')?.selectedOptions ?? []
        return option?.hidden ? 'hidden' : option?.text
      })
    const walk = async (key: 'ArrowDown' | 'ArrowUp') => {
      const found = [await chosen()]
      for (;;) {
        await tab.press(key)
        await tab.evaluate(() => matrix.after('again'))
        const next = await chosen()
        if (next === found.at(-1) || found.length > 20) return found
        found.push(next)
      }
    }
    await tab.press('Tab')
    await walk('ArrowUp')
    const down = await walk('ArrowDown')
    const walked = down.map((text) => text?.replace(/ \(.*/, ''))
    expect(walked).toEqual(['Choose a model', ...choices])
    expect((await walk('ArrowUp')).toReversed()).toEqual(down)
    await tab.close()
  },
)

/** One row for all orders that come to the same. */
function table(): string {
  const head = ['Rendered by', 'Options in the page', 'Order', ...Object.keys(values)]
  const merged = new Map<string, string[]>()
  for (const [key, cells] of rows) {
    const [, page, way, order = ''] = key.split('|').map((cell) => cell.trim())
    const same = JSON.stringify([page, way, cells])
    merged.set(same, [...(merged.get(same) ?? []), order])
  }
  const lines = Array.from(merged, ([same, found]) => {
    const [page, way, cells] = JSON.parse(same) as [Page, Way, string[]]
    const all = cases.filter(([of]) => of === page).length
    return [page, way, found.length === all ? 'any' : found.join('; '), ...cells]
  })
  const text = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`)
  return text.join('\n')
}

test('the README has the table', ({ skip }) => {
  if (rows.size < cases.length * ways.length) skip('not all pages were tried')
  const path = join(import.meta.dirname, '../README.md')
  const readme = readFileSync(path, 'utf8')
  const [before = '', rest = ''] = readme.split('<!-- the matrix -->\n')
  const [written = '', after] = rest.split('<!-- the end of the matrix -->')
  const plain = (markdown: string) => markdown.replaceAll(/ +|-{2,}/g, ' ').trim()
  if (process.env['UPDATE_TABLE'])
    writeFileSync(
      path,
      `${before}<!-- the matrix -->\n\n${table()}\n\n<!-- the end of the matrix -->${after}`,
    )
  else expect(plain(written), 'UPDATE_TABLE=1 pnpm test frameworks').toBe(plain(table()))
})
