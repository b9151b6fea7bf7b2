import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until, useStage } from './stage.ts'

const stage = useStage()
const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const example = (language: string, containing: string) =>
  Array.from(
    readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')),
    ([, code = '']) => code,
  ).find((code) => code.includes(containing)) ?? ''

/** An example on a page that has nothing else, with the API that there is. */
function page(html: string) {
  return stage.open(html.replaceAll('https://models.example', stage.api.url), {
    script: `${stage.api.url}/widget.js`,
  })
}

test('two lines are all that it takes', async () => {
  const lines = example('html', 'Current models')
  expect(lines.trim().split('\n')).toHaveLength(2)
  const tab = await page(lines)
  await until(tab, 'load')
  expect(await tab.evaluate(() => [texts('id').length, fallbackShown()])).toEqual([7, false])
})

test('the form keeps what was saved', async () => {
  const tab = await page(example('html', '<model-picker>'))
  await until(tab, 'load')
  const form = await tab.evaluate(() => ({
    offered: options().length,
    marked: options().at(-1),
    sent: [...new FormData(one('form'))],
  }))
  expect(form).toEqual({ offered: 9, marked: 'unknown: claude-2', sent: [['model', 'claude-2']] })
})

test('the texts are replaced', async () => {
  const tab = await page(example('html', 'data-retires'))
  await until(tab, 'load')
  const shown = await tab.evaluate(() => [texts('badge')[1], texts('copy')[0], texts('status')[0]])
  expect(shown).toEqual(['wird in 10 Tagen eingestellt', 'kopieren', '7 Modelle'])
})

test('the style sheet reaches what it names', async () => {
  const css = example('css', '::part')
  const tab = await page(example('html', 'Current models'))
  await until(tab, 'load')
  const looks = await tab.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets.push(sheet)
    const style = (part: string) => getComputedStyle(pieces(part)[0] as Element)
    return [style('badge').color, style('model').borderRadius, style('overdue').textDecorationLine]
  }, css)
  expect(looks).toEqual(['rgb(220, 20, 60)', '0px', 'underline'])
})
