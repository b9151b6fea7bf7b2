import { execFile, execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempDisposableSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '../bundle.ts'
import { declared, names } from './manifest.ts'
import { pack } from './packed.ts'

const execute = promisify(execFile)
const { resolve } = createRequire(import.meta.url)
const folder = mkdtempDisposableSync(join(tmpdir(), 'widget-'))
const installed = join(folder.path, 'node_modules/@models-edge/widget')
const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

beforeAll(() => {
  const tarball = pack(folder.path)
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  writeFileSync(join(folder.path, 'package.json'), '{ "type": "module" }')
}, 60_000)

afterAll(() => folder.remove())

describe('the packed package', () => {
  test('holds what was built, the manifest, and no sources, tests or dependencies', () => {
    const list = execFileSync('tar', ['-tzf', join(folder.path, 'widget.tgz')], {
      encoding: 'utf8',
    })
    const modules = readdirSync(join(import.meta.dirname, '../src')).map((name) =>
      name.replace('.ts', ''),
    )
    const expected = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'custom-elements.json',
      'package.json',
      ...modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]),
    ]
    expect(list.trim().split('\n').toSorted()).toEqual(
      expected.map((name) => `package/${name}`).toSorted(),
    )
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object
    for (const name of ['dependencies', 'peerDependencies', 'optionalDependencies'])
      expect(manifest).not.toHaveProperty(name)
  })

  test('asks for nobody else’s code or types', () => {
    for (const file of readdirSync(join(installed, 'dist'))) {
      if (file.startsWith('react.')) continue
      const text = readFileSync(join(installed, 'dist', file), 'utf8')
      expect(text.match(/from ['"][^.'"][^'"]*['"]|import\(|import ['"][^.]/)).toBe(null)
    }
  })

  test('has the same file to paste, byte for byte, wherever and however often it is built', async () => {
    const built = readFileSync(join(installed, 'dist/widget.js'), 'utf8')
    expect(built).toBe(await bundle())
    const elsewhere = join(folder.path, 'elsewhere')
    cpSync(join(import.meta.dirname, '../src'), join(elsewhere, 'src'), { recursive: true })
    expect(await bundle(elsewhere)).toBe(built)
  })

  test('can be imported on a server', async () => {
    const program = `
      import { ModelList, ModelPicker } from '@models-edge/widget'
      for (const entry of ['define', 'model-list/define', 'model-picker/define', 'react', 'widget.js'])
        await import('@models-edge/widget/' + entry)
      console.log(ModelList.name, ModelPicker.name)`
    writeFileSync(join(folder.path, 'server.js'), program)
    const { stdout } = await execute(process.execPath, ['server.js'], { cwd: folder.path })
    expect(stdout).toBe('ModelList ModelPicker\n')
  })
})

describe('the README', () => {
  const examples = (language: string) =>
    Array.from(
      readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')),
      ([, code = '']) => code,
    )

  test.each(['nodenext', 'bundler'])(
    'compiles as %s, without React where it is not used',
    async (resolution) => {
      const [code = '', ...rest] = examples('ts')
      expect(rest).toEqual([])
      writeFileSync(join(folder.path, 'example.ts'), code)
      expect(await compile(['example.ts'], resolution)).toBe('')
      // And it is this code that compiles: the types are not any.
      writeFileSync(
        join(folder.path, 'wrong.ts'),
        code.replace("setAttribute('src'", "load(7); list.setAttribute('src'"),
      )
      expect(await compile(['wrong.ts'], resolution)).toContain('TS2345')
    },
  )

  test('compiles with React', async () => {
    const [code = '', ...rest] = examples('tsx')
    expect(rest).toEqual([])
    const react = dirname(resolve('@types/react/package.json'))
    const types = join(folder.path, 'node_modules/@types/react')
    cpSync(react, types, { recursive: true, dereference: true })
    cpSync(join(react, '../../csstype'), join(folder.path, 'node_modules/csstype'), {
      recursive: true,
      dereference: true,
    })
    writeFileSync(join(folder.path, 'example.tsx'), code)
    expect(await compile(['example.tsx'], 'bundler')).toBe('')
  })

  test('tells every attribute, text, event, part and property, and the defaults', () => {
    const cells = Array.from(readme.matchAll(/^\| (`.*?) +\|/gm), ([, first = '']) =>
      Array.from(first.matchAll(/`([^`]+)`/g), ([, name = '']) => name),
    )
      .flat()
      .filter((name) => !name.startsWith('@'))
    const all = ['model-list', 'model-picker'].map(declared)
    const expected = all.flatMap((element) => [
      ...names(element.attributes),
      ...names(element.events),
      ...names(element.cssParts),
      ...names(element.cssProperties),
    ])
    expect([...new Set(cells)].toSorted()).toEqual([...new Set(expected)].toSorted())
    for (const { name, default: preset } of all.flatMap(({ attributes, cssProperties = [] }) =>
      attributes.concat(cssProperties),
    ))
      if (preset)
        expect(readme).toMatch(new RegExp(`\\| \`${name}\`.*\\| \`?${escape(preset)}\`? +\\|`))
  })

  test('says how large both are', async () => {
    const [, bytes = ''] = /Both together are ([\d,]+) bytes/.exec(readme) ?? []
    const limit = Number(bytes.replace(',', ''))
    const size = brotliCompressSync(await bundle()).length
    expect(size).toBeLessThanOrEqual(limit)
    expect(size).toBeGreaterThan(limit - 100)
  })
})

function escape(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
}

async function compile(files: readonly string[], resolution: string): Promise<string> {
  const config = {
    compilerOptions: {
      target: 'es2023',
      lib: ['ES2023', 'DOM'],
      module: resolution === 'bundler' ? 'esnext' : 'nodenext',
      moduleResolution: resolution,
      jsx: 'react-jsx',
      strict: true,
      noEmit: true,
      types: [],
    },
    files,
  }
  writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify(config))
  const tsc = join(dirname(resolve('typescript/package.json')), 'bin/tsc')
  const ran = await execute(process.execPath, [tsc], { cwd: folder.path }).catch(
    (error: { stdout: string }) => error,
  )
  return ran.stdout
}
