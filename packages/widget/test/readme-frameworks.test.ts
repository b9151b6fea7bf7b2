import { join } from 'node:path'
import { examplesOf } from '@models-edge/testing/packed'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser, startBrowser } from './browser.ts'
import { bundlePage } from './frameworks/bundle.ts'
import { type FrameworkSite, startFrameworkSite } from './frameworks/site.ts'

// The README's sections for frameworks: as they stand there, in a program that uses them.

let browser: Browser
let site: FrameworkSite
beforeAll(async () => {
  site = await startFrameworkSite()
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const programs = {
  tsx: `import { createRoot } from 'react-dom/client'
    import { useState } from 'react'
    import { ModelField } from './Example.tsx'
    function App() {
      const [value, setValue] = useState('claude-2')
      document.title = value
      return <ModelField value={value} onChange={setValue} />
    }
    createRoot(document.querySelector('main')!).render(<App />)`,
  vue: `import { createApp, h, ref, watchEffect } from 'vue'
    import Example from './Example.vue'
    const model = ref('claude-2')
    watchEffect(() => (document.title = model.value))
    const set = (value: string) => (model.value = value)
    createApp(() => h(Example, { modelValue: model.value, 'onUpdate:modelValue': set }))
      .mount('main')`,
  svelte: `import { mount } from 'svelte'
    import Example from './Example.svelte'
    let value = 'claude-2'
    const props = {
      get value() { return value },
      set value(next) { document.title = value = next },
    }
    mount(Example, { target: document.querySelector('main')!, props })`,
}

test.each(['tsx', 'vue', 'svelte'] as const)('the example in %s runs', async (language) => {
  const [example = ''] = examplesOf(join(import.meta.dirname, '..'), language)
  const main = language === 'tsx' ? 'main.tsx' : 'main.ts'
  const files = { [`Example.${language}`]: example, [main]: programs[language] }
  const code = await bundlePage(`./${main}`, 'client', files)
  const tab = await browser.open(await site.serveScript(code), {})
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
  expect(await tab.evaluate(() => document.title)).toBe('claude-enigma')
  expect(await tab.evaluate(shown)).toEqual(['claude-enigma', 'Other'])
  await tab.close()
})
