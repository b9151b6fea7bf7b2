import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { compile, examplesOf, installPacked, run } from '@models-edge/testing/packed'
import { afterAll, describe, expect, test } from 'vitest'
import { bundle } from '../bundle.ts'

const source = join(import.meta.dirname, '..')
const installed = installPacked(source)
const { folder } = installed

afterAll(() => installed[Symbol.dispose]())

describe('the packed package', () => {
  test('holds what was built, the manifest, and no sources, tests or dependencies', () => {
    const modules = readdirSync(join(source, 'src')).map((name) => name.replace('.ts', ''))
    const others = ['CHANGELOG.md', 'LICENSE', 'README.md', 'custom-elements.json', 'package.json']
    const built = modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`])
    expect(installed.files).toEqual([...others, ...built].toSorted())
    expect(installed.dependencies).toEqual([])
    for (const file of built.filter((path) => !path.includes('react'))) {
      expect(installed.read(file)).not.toMatch(/from ['"][^.]|import\(|import ['"][^.]/)
    }
  })

  test('has the same file to paste, byte for byte, wherever and however often it is built', async () => {
    const built = installed.read('dist/widget.js')
    expect(built).toBe(await bundle())
    const elsewhere = join(folder, 'elsewhere')
    cpSync(join(source, 'src'), join(elsewhere, 'src'), { recursive: true })
    expect(await bundle(elsewhere)).toBe(built)
  })

  test('is as large as its limits, and both documents tell them', async () => {
    const read = (path: string): string => readFileSync(join(source, path), 'utf8')
    const limits = JSON.parse(read('.size-limit.json')) as readonly { readonly limit: string }[]
    const bytes = limits.map(({ limit }) => Number.parseInt(limit, 10))
    const [list, picker, both] = bytes.map((each) => each.toLocaleString('en'))
    const places = '.size-limit.json, its README.md and docs/embedding.md say the same'
    expect(read('README.md'), places).toContain(`Both together are ${both} bytes`)
    const alone = `bundled alone, the list is ${list} and the picker ${picker}.`
    const document = read('../../docs/embedding.md')
    expect(document, places).toContain(`${both} bytes (minified, brotli); ${alone}`)
    const room = (bytes[2] ?? 0) - brotliCompressSync(await bundle()).length
    expect([room >= 0, room < 100], `room for ${room} bytes`).toEqual([true, true])
  })

  test('can be imported on a server', async () => {
    const program = `
      import { ModelList, ModelPicker } from '@models-edge/widget'
      for (const entry of ['define', 'model-list/define', 'model-picker/define', 'german', 'react', 'widget.js'])
        await import('@models-edge/widget/' + entry)
      console.log(ModelList.name, ModelPicker.name)`
    writeFileSync(join(folder, 'server.js'), program)
    expect(await run(folder, [process.execPath, 'server.js'])).toBe('ModelList ModelPicker\n')
  })
})

describe('the README’s program', () => {
  const options = { lib: ['ES2023', 'DOM'], jsx: 'react-jsx' }

  test.each([
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'esnext', moduleResolution: 'bundler' },
  ])('compiles without React: %o', async (resolution) => {
    const [code = '', texts = ''] = examplesOf(source, 'ts')
    writeFileSync(join(folder, 'example.ts'), code)
    writeFileSync(join(folder, 'texts.ts'), texts)
    // And its types are no `any`.
    writeFileSync(join(folder, 'wrong.ts'), code.replace('setAttribute(', 'load(7, '))
    const faults = await compile(folder, ['example.ts', 'texts.ts', 'wrong.ts'], {
      ...options,
      ...resolution,
    })
    expect(faults).toMatch(/^wrong\.ts\S+ error TS(2345|2554)[^\n]*\n$/)
  })

  test('compiles with React', async () => {
    const [code = ''] = examplesOf(source, 'tsx')
    const types = createRequire(import.meta.url).resolve('@types/react/package.json')
    for (const [name, from] of [
      ['@types/react', join(types, '..')],
      ['csstype', join(types, '../../../csstype')],
    ] as const) {
      cpSync(from, join(folder, 'node_modules', name), { recursive: true, dereference: true })
    }
    writeFileSync(join(folder, 'example.tsx'), code)
    const resolution = { module: 'esnext', moduleResolution: 'bundler' }
    expect(await compile(folder, ['example.tsx'], { ...options, ...resolution })).toBe('')
  })
})
