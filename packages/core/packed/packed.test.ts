import { execFileSync } from 'node:child_process'
import { mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outputs, run, writeExamples } from './examples.ts'
import { install, pack } from './pack.ts'
import { serve } from './server.ts'

const packageFolder = join(import.meta.dirname, '..')
const { server, url } = await serve()
const folder = mkdtempDisposableSync(join(tmpdir(), 'core-'))
const files = writeExamples(folder.path)

beforeAll(() => install(pack(folder.path), folder.path))

afterAll(() => {
  server.close()
  folder.remove()
})

test('the packed package holds what was built, and no sources, tests or dependencies', () => {
  const list = ['-tzf', join(folder.path, 'core.tgz')]
  const packed = execFileSync('tar', list, { encoding: 'utf8' }).trim().split('\n')
  const modules = readdirSync(join(packageFolder, 'src')).filter((name) => !name.includes('.test'))
  const built = modules.map((name) => `dist/${name.replace('.ts', '')}`)
  const others = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']
  const expected = [...others, ...built.flatMap((name) => [`${name}.d.ts`, `${name}.js`])]
  expect(packed.toSorted()).toEqual(expected.map((name) => `package/${name}`).toSorted())

  const manifest = join(folder.path, 'node_modules/@models-edge/core/package.json')
  const names = Object.keys(JSON.parse(readFileSync(manifest, 'utf8')) as object)
  expect(names.filter((name) => /dependencies/i.test(name))).toEqual(['devDependencies'])
})

describe('the examples of the README', () => {
  test.each([...outputs.entries()])('%i does what it says', async (place, output) => {
    expect(await run(folder.path, url, [process.execPath, files[place]!])).toMatch(output)
  })

  test('are no others, and compile against the packed types', async () => {
    expect(files).toHaveLength(outputs.length)
    const environment = 'declare const process: { env: Record<string, string | undefined> }'
    writeFileSync(join(folder.path, 'process.d.ts'), environment)
    const config = {
      extends: join(packageFolder, 'tsconfig.build.json'),
      compilerOptions: { noEmit: true, rootDir: '.' },
      files: ['process.d.ts', ...files],
      include: [],
    }
    writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify(config))
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
    const tsc = join(dirname(typescript), 'bin/tsc')
    expect(await run(folder.path, url, [process.execPath, tsc])).toBe('')
  })
})
