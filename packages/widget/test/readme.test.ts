import { join } from 'node:path'
import { examplesOf } from '@models-edge/testing/packed'
import { expect, test } from 'vitest'
import { until, useStage } from './stage.ts'

const stage = useStage()

/** The README's example that contains this text, on a page that has nothing else. */
async function page(containing: string) {
  const all = examplesOf(join(import.meta.dirname, '..'), 'html')
  const code = all.find((example) => example.includes(containing)) ?? ''
  const { origin } = stage.site
  const body = code.replaceAll('https://models.example', origin)
  const tab = await stage.open(body, { script: `${origin}/widget.js` })
  await until(tab, 'load')
  return { code, tab }
}

test('two lines are all that it takes, and the style sheet reaches what it names', async () => {
  const { code, tab } = await page('Current models')
  expect(code.trim().split('\n')).toHaveLength(2)
  expect(await tab.evaluate(() => [texts('id').length, fallbackShown()])).toEqual([7, false])
  const [css = ''] = examplesOf(join(import.meta.dirname, '..'), 'css')
  const looks = await tab.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets.push(sheet)
    const style = (part: string) => getComputedStyle(pieces(part)[0] as Element)
    return [style('badge').color, style('model').borderRadius, style('overdue').textDecorationLine]
  }, css)
  expect(looks).toEqual(['rgb(220, 20, 60)', '0px', 'underline'])
})

test('the form keeps what was saved', async () => {
  const { tab } = await page('<model-picker>')
  const form = await tab.evaluate(() => [options().at(-1), ...new FormData(one('form'))])
  expect(form).toEqual(['Unknown: claude-2', ['model', 'claude-2']])
})

test('the texts are replaced', async () => {
  const { tab } = await page('data-retires')
  const shown = await tab.evaluate(() => [texts('badge')[1], texts('copy')[0], texts('status')[0]])
  expect(shown).toEqual(['wird in 10 Tagen eingestellt', 'kopieren', '7 Modelle'])
})
