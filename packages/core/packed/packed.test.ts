import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compile, installPacked } from '@models-edge/testing/packed'
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
})
