import { join } from 'node:path'
import { examplesOf } from '@models-edge/testing/packed'
import { bundlePage } from './bundle.ts'

/** The frameworks that have a section in the README, by the language that it is written in. */
export const languages = ['tsx', 'vue', 'svelte'] as const

/** Programs that use what stands there. Each says in its element's title what is chosen. */
const programs = {
  tsx: `import { createRoot } from 'react-dom/client'
    import { useState } from 'react'
    import { ModelField } from './Example.tsx'
    function App() {
      const [value, setValue] = useState('claude-2')
      place.title = value
      return <ModelField value={value} onChange={setValue} />
    }
    createRoot(place).render(<App />)`,
  vue: `import { createApp, h, ref, watchEffect } from 'vue'
    import Example from './Example.vue'
    const model = ref('claude-2')
    watchEffect(() => (place.title = model.value))
    const set = (value: string) => (model.value = value)
    createApp(() => h(Example, { modelValue: model.value, 'onUpdate:modelValue': set }))
      .mount(place)`,
  svelte: `import { mount } from 'svelte'
    import Example from './Example.svelte'
    let value = 'claude-2'
    const props = {
      get value() { return value },
      set value(next) { place.title = value = next },
    }
    mount(Example, { target: place, props })`,
}

/** A script that shows the README's example in the element of this id. */
export function bundleExample(language: (typeof languages)[number], id: string): Promise<string> {
  const [example = ''] = examplesOf(join(import.meta.dirname, '../..'), language)
  const main = language === 'tsx' ? 'main.tsx' : 'main.ts'
  const program = `const place = document.getElementById('${id}')!\n${programs[language]}`
  return bundlePage(`./${main}`, 'client', { [`Example.${language}`]: example, [main]: program })
}
