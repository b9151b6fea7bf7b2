import { expect, test } from 'vitest'
import { bundleExample, languages } from './frameworks/examples.ts'
import { useFrameworks } from './frameworks/use-frameworks.ts'

// The README's sections for frameworks: as they stand there, in a program that uses them.

const frameworks = useFrameworks()

test.each(languages)('the example in %s runs', async (language) => {
  const code = await bundleExample(language, 'main')
  const tab = await frameworks.browser.open(await frameworks.site.serveScript(code), {})
  await tab.evaluate(() => matrix.models())
  await tab.evaluate(() => matrix.after('nothing'))
  const shown = () => {
    const select = document.querySelector('select')
    return [select?.value, select?.selectedOptions[0]?.closest('optgroup')?.label]
  }
  expect(await tab.evaluate(shown)).toEqual(['claude-2', 'Unknown'])
  await tab.press('Tab')
  await tab.press('ArrowUp')
  await tab.evaluate(() => matrix.after('nothing'))
  expect(await tab.evaluate(() => document.querySelector('main')?.title)).toBe('claude-enigma')
  expect(await tab.evaluate(shown)).toEqual(['claude-enigma', 'Other'])
  await tab.close()
})
