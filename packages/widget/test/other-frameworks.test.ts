import { expect, test } from 'vitest'
import { others } from './frameworks/site.ts'
import { useFrameworks } from './frameworks/use-frameworks.ts'

// That a form works in these frameworks, too, when its page writes the saved value as an option.

const frameworks = useFrameworks()

test.each(others)('%s: a form sends the saved value, and another one later', async (name) => {
  const forms = ['claude-opus-5-5', 'claude-2', ''].flatMap((saved) =>
    ['claude-opus-5-5', 'claude-3'].map(
      (last) => ({ way: 'the saved option', saved, last }) as const,
    ),
  )
  const tab = await frameworks.browser.open(await frameworks.site.serveOther(name, forms), {})
  await tab.evaluate((address) => matrix.widget(address), '/widget.js')
  await tab.evaluate(() => matrix.page(false))
  const shown = () => document.querySelectorAll('select').length
  await expect.poll(() => tab.evaluate(shown)).toBe(forms.length)
  await tab.evaluate(() => matrix.models())
  expect(await tab.evaluate(() => matrix.after('nothing'))).toEqual(forms.map(({ saved }) => saved))
  await tab.evaluate(() => matrix.after('change'))
  const sent = () => tab.evaluate(() => matrix.after('nothing'))
  await expect.poll(sent).toEqual(forms.map(({ last }) => last))
  await tab.close()
})
