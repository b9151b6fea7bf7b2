import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { until, useStage } from './stage.ts'

// Browsers of the last five years: what came to them later is taken away, one by one.

const stage = useStage()

const body = (base: string) => `<model-list src="${base}"><p>Our own words</p></model-list>
  <form><model-picker src="${base}"><select name="model">
    <option value="">Choose</option><option selected>claude-opus-5-5</option><option>claude-2</option>
  </select></model-picker></form>`

test.each([
  'delete Map.groupBy',
  'delete Object.groupBy',
  'delete Object.hasOwn',
  'delete CSSStyleSheet.prototype.replaceSync',
  'delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets; delete CSSStyleSheet.prototype.replaceSync',
  'for (const name of Object.getOwnPropertyNames(Element.prototype)) if (/^(aria|role$)/.test(name)) delete Element.prototype[name]',
  'for (const name of ["findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"]) delete Array.prototype[name]',
  'delete Array.fromAsync',
  'delete String.prototype.isWellFormed',
  'for (const name of ["map", "filter", "toArray", "some", "find", "flatMap"]) delete Iterator.prototype[name]',
  'for (const name of ["union", "difference", "intersection", "isSubsetOf"]) delete Set.prototype[name]',
  'delete Promise.withResolvers; delete Promise.try',
  'delete AbortSignal.any; delete AbortSignal.timeout; delete AbortSignal.abort; delete AbortSignal.prototype.throwIfAborted',
  'delete URL.canParse; delete URL.parse',
  'delete window.structuredClone',
  'delete Response.json',
  'delete RegExp.escape',
  'delete Element.prototype.checkVisibility; delete Element.prototype.moveBefore; delete Element.prototype.setHTML',
  'delete HTMLElement.prototype.attachInternals; delete HTMLElement.prototype.togglePopover',
  'delete HTMLScriptElement.supports; delete window.scheduler; delete window.requestIdleCallback',
])('the elements work after %s', async (before) => {
  const tab = await stage.open(body(stage.site.base('ok')), { before })
  await until(tab, 'load', 2)
  const shown = await tab.evaluate(() => ({
    // A sheet that is part of the list is what this page's policy forbids.
    violations: seen.violations.splice(0).length,
    cards: texts('name').length,
    fallback: pieces('list')[0]?.getAttribute('role'),
    busy: one('model-list').getAttribute('aria-busy'),
    choices: options().length,
    sent: new FormData(one('form')).get('model'),
  }))
  expect(shown).toEqual({
    violations: before.includes('replaceSync') ? 1 : 0,
    cards: 7,
    fallback: 'list',
    busy: 'false',
    choices: 9,
    sent: 'claude-opus-5-5',
  })
})

test.each([
  'delete window.customElements',
  'delete window.IntersectionObserver',
  'delete window.MutationObserver',
  'delete window.AbortController',
  'delete window.fetch',
  'delete Element.prototype.attachShadow',
  'delete window.Intl',
])('the page stays what it was where an element cannot work, after %s', async (before) => {
  const tab = await stage.open(body(stage.site.base('wrong')), { before })
  const left = await tab.evaluate(async () => {
    await nextFrames()
    // The browser says that it cannot make the element. That is all.
    seen.errors.splice(0)
    return [one('p').checkVisibility(), one('select').innerHTML.trim().split('<option').length]
  })
  expect(left).toEqual([true, 4])
})

test('its syntax is no newer, and keeps clear of a fault of Safari 15', async () => {
  const code = async (target: string[]) => {
    const input = { cwd: join(import.meta.dirname, '..'), input: 'src/widget.ts' }
    const build = await rolldown({ ...input, transform: { target } })
    const { output } = await build.generate({})
    await build.close()
    return output[0].code
  }
  // Below Safari 16 and Chrome 98 it writes all fields of classes anew, for faults that are not met here:
  // those of fields whose values are more than a literal, and of static ones called `name` or `length`.
  const written = await code(['safari16', 'firefox91', 'chrome98'])
  expect(written).toBe(await code(['esnext']))
  const fields = written.match(/^\t(static )?#?\w+ = .*/gm) ?? []
  const plain = /^\t(?:static observedAttributes = \[|#\w+ = (?:\[\]|null))/
  expect(fields.filter((field) => !plain.test(field))).toEqual([])
  expect(fields.length).toBeGreaterThan(2)
})
