import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown, type Plugin } from 'rolldown'
import { compile as compileSvelte, compileModule } from 'svelte/compiler'
import { compileScript, parse } from 'vue/compiler-sfc'
import type { Way } from './mount.ts'

type Side = 'client' | 'server'

/** What Vite's plugin does, as far as these files need it. */
const vue = (side: Side): Plugin => ({
  name: 'vue',
  transform(source, id) {
    if (!id.endsWith('.vue')) return undefined
    const { descriptor } = parse(source, { filename: id })
    const isCustomElement = (tag: string) => tag.startsWith('model-')
    const { content } = compileScript(descriptor, {
      id,
      inlineTemplate: true,
      templateOptions: {
        compilerOptions: { isCustomElement },
        ssr: side === 'server',
        ssrCssVars: [],
      },
    })
    return { code: content, moduleType: 'ts' }
  },
})

const svelte = (side: Side): Plugin => ({
  name: 'svelte',
  transform(source, id) {
    if (id.endsWith('.svelte')) {
      const { code } = compileSvelte(source, { filename: id, generate: side }).js
      return { code, moduleType: 'js' }
    }
    if (id.endsWith('.svelte.js'))
      return compileModule(source, { filename: id, generate: side }).js.code
    return undefined
  },
})

/** Files that are written nowhere. */
const given = (files: Readonly<Record<string, string>>): Plugin => ({
  name: 'given',
  resolveId: (id) => (id.replace('./', '') in files ? join(import.meta.dirname, id) : undefined),
  load: (id) => files[relative(import.meta.dirname, id)],
})

/** A page's script with its framework, or what a server needs to render that page. */
export async function bundlePage(
  input: string,
  side: Side = 'client',
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const build = await rolldown({
    cwd: import.meta.dirname,
    input,
    platform: side === 'client' ? 'browser' : 'node',
    plugins: [given(files), vue(side), svelte(side)],
    resolve: {
      conditionNames:
        side === 'client' ? ['svelte', 'browser', 'import'] : ['svelte', 'node', 'import'],
    },
    transform: {
      define: {
        'process.env.NODE_ENV': '"production"',
        __VUE_OPTIONS_API__: 'false',
        __VUE_PROD_DEVTOOLS__: 'false',
        __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
      },
      jsx: { runtime: 'automatic' },
    },
    onLog() {},
  })
  const { output } = await build.generate({
    format: side === 'client' ? 'iife' : 'esm',
    codeSplitting: false,
  })
  await build.close()
  return output[0].code
}

type RenderForm = (way: Way, saved: string) => Promise<string>

/** What renders a page's forms where there is no browser. */
export async function serverOf(input: string): Promise<RenderForm> {
  using temporary = mkdtempDisposableSync(join(tmpdir(), 'server-'))
  const path = join(temporary.path, 'server.mjs')
  writeFileSync(path, await bundlePage(input, 'server'))
  const { render } = (await import(pathToFileURL(path).href)) as { render: RenderForm }
  return render
}
