import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, examplesOf, findPnpm, installPacked, run } from '@models-edge/testing/packed'
import { afterAll, describe, expect, test } from 'vitest'
import { outputs, runExample, source, writeExamples } from './examples.ts'
import { serve } from './server.ts'

const server = await serve()
const installed = installPacked(source)
const { folder } = installed
const examples = writeExamples(folder)

afterAll(async () => {
  installed[Symbol.dispose]()
  await server.close()
})

test('the packed package holds what was built, and no sources, tests or dependencies', () => {
  const modules = readdirSync(join(source, 'src')).filter((name) => !name.includes('.test'))
  const built = modules.map((name) => `dist/${name.replace('.ts', '')}`)
  const others = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']
  const expected = [...others, ...built.flatMap((name) => [`${name}.d.ts`, `${name}.js`])]
  expect(installed.files).toEqual(expected.toSorted())
  expect(installed.dependencies).toEqual([])
})

describe('the examples of the README', () => {
  test.each([...outputs.entries()])('%i does what it says', async (place, output) => {
    const command = [process.execPath, examples[place]!]
    expect(await runExample(folder, server.origin, command)).toMatch(output)
  })

  test('are no others, and compile against the packed types', async () => {
    expect(examples).toHaveLength(outputs.length)
    const environment = 'declare const process: { env: Record<string, string | undefined> }'
    writeFileSync(join(folder, 'process.d.ts'), environment)
    const strictest = { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true }
    const options = { lib: ['ES2024', 'DOM', 'DOM.Iterable'], module: 'nodenext', ...strictest }
    expect(await compile(folder, ['process.d.ts', ...examples], options)).toBe('')
  })

  test('and those that editors show compile, too', async () => {
    const files = installed.files.filter((path) => path.endsWith('.d.ts'))
    const shown = files.flatMap((path) =>
      Array.from(
        installed.read(path).matchAll(/^( *)\* ```ts\n(.*?)^ *\* ```/gms),
        ([, indent = '', code = '']) => code.replaceAll(new RegExp(`^${indent}\\* ?`, 'gm'), ''),
      ),
    )
    expect(shown.length).toBeGreaterThan(10)
    const names = shown.map((code, place) => {
      writeFileSync(join(folder, `shown-${place}.ts`), code)
      return `shown-${place}.ts`
    })
    const options = { lib: ['ES2024', 'DOM', 'DOM.Iterable'], module: 'nodenext' }
    expect(await compile(folder, names, options)).toBe('')
  })
})

describe('without npm’s registry', () => {
  const root = join(source, '../..')
  const tarball = join(root, 'models-edge-core.tgz')
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly packageManager: string
  }
  const npx = `npx -y ${packageManager} `
  afterAll(() => rmSync(tarball, { force: true }))

  test('the README’s lines make the package from a clone, and install it', async () => {
    const app = join(folder, 'app')
    mkdirSync(app)
    symlinkSync(root, join(folder, 'models-edge'))
    writeFileSync(join(app, 'package.json'), '{}')
    const [published, lines = ''] = examplesOf(source, 'sh')
    expect(published).toBe('npm install @models-edge/core\n')
    const [make = '', install = ''] = lines.split('\n')
    expect(make).toContain(npx)
    const given = make.replace(npx, '').split(' ')
    const made = await run(app, [...findPnpm(), ...given], {
      npm_config_verify_deps_before_run: 'false',
    })
    expect(made).toContain(tarball)
    const offline = { npm_config_offline: 'true', npm_config_audit: 'false' }
    expect(await run(app, install.split(' '), offline)).toContain('added 1 package')
    const program = 'import("@models-edge/core").then((core) => console.log(core.ApiError.name))'
    expect(await run(app, [process.execPath, '--eval', program])).toBe('ApiError\n')
  })

  test('the widget’s README has the same lines', () => {
    const [published = '', lines = ''] = examplesOf(source, 'sh')
    const widget = readFileSync(join(root, 'packages/widget/README.md'), 'utf8')
    for (const block of [published, lines]) {
      expect(widget).toContain(block.replace(/(edge[/-]|packages.)core/g, '$1widget'))
    }
  })

  test.each(['packages/core', 'packages/widget', 'apps/check'])(
    'npm is refused, which would pack what cannot be imported: %s',
    async (path) => {
      const told = await run(join(root, path), ['npm', 'pack', '--pack-destination', folder])
      expect(told).toContain(`In this folder: ${npx}run tarball\n`)
      expect(told).not.toContain('.tgz\n')
    },
  )
})
