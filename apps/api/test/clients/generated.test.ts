import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { models } from '@models-edge/upstream/catalogue'
import { expect, test } from 'vitest'
import { run } from '../commands/run.ts'
import { useService } from '../started/service.ts'

const service = useService()

// What somebody writes who has generated a client: every mistake in it would not compile.
const program = (origin: string): string => `
import * as api from './client.mts'

api.defaults.baseUrl = '${origin}'

const list = await api.listModels({ limit: 2, lifecycle: ['active', 'deprecated', 'retired'] })
if (list.status !== 200) throw new Error('expected a list')
const ids: string[] = list.data.data.map(({ id }) => id)
const line: string | null | undefined = list.data.data[0]?.line

const high: boolean | undefined = list.data.data[0]?.capabilities?.effort?.high?.supported
const novel: unknown = list.data.data[0]?.capabilities?.['novel']

const one = await api.getModel('claude-haiku-4-5')
if (one.status !== 200) throw new Error('expected a model')

const none = await api.getModel('claude-haiku-4')
if (none.status !== 404) throw new Error('expected no model')
const suggestions: string[] | undefined = none.data.error.details?.suggestions

const changes = await api.listChanges({ limit: 1 })
if (changes.status !== 200) throw new Error('expected changes')
const change = changes.data.data[0]?.change
if (change === 'alias_ended' || change === 'retirement_rescheduled') throw new Error('expected a release')

const lives = await api.getLifecycle()
if (lives.status !== 200) throw new Error('expected lives')
const alias: string | undefined = lives.data.aliases['claude-haiku-4-5']

const compared = await api.getComparison('claude-haiku-4-5', 'claude-haiku-5-5')
if (compared.status !== 200) throw new Error('expected a comparison')
const context: 'higher' | 'lower' | 'unchanged' | 'unknown' = compared.data.limits.max_input_tokens.change

const newest = await api.getLine('haiku')
const newestId: string | undefined = newest.status === 200 ? newest.data.id : undefined

const health = await api.getHealth()
console.log(JSON.stringify({ ids, line, high, novel, id: one.data.id, alias, context, newestId, suggestions, change, health: health.status === 200 && health.data.status, retired: health.status === 200 && health.data.retired_models }))
`

test('a client that is generated from the contract compiles and works', async () => {
  // Below this package, where the client finds its runtime.
  const here = fileURLToPath(new URL('../../node_modules/', import.meta.url))
  const folder = await mkdtemp(join(here, '.client-'))
  const file = (name: string): string => join(folder, name)
  try {
    await writeFile(
      file('contract.json'),
      await (await fetch(`${service.origin}/openapi.json`)).text(),
    )
    await writeFile(file('main.mts'), program(service.origin))
    const generator = join(here, 'oazapfts/dist/cli.js')
    const generated = await run([generator, file('contract.json'), file('client.mts')])
    expect(generated).toEqual({ code: 0, out: expect.any(String) })

    const require = createRequire(import.meta.url)
    const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')
    const options = '--strict --module nodenext --target es2023 --skipLibCheck --ignoreConfig'
    const types = '--rewriteRelativeImportExtensions --types node'
    const flags = `${options} ${types}`.split(' ')
    expect(await run([tsc, ...flags, file('client.mts'), file('main.mts')])).toEqual({
      code: 0,
      out: '',
    })
    const { out } = await run([file('main.mjs')])
    expect(JSON.parse(out)).toEqual({
      ids: models.slice(0, 2).map(({ id }) => id),
      line: models[0]!.line,
      high: true,
      id: 'claude-haiku-4-5-20251001',
      alias: 'claude-haiku-4-5-20251001',
      context: 'higher',
      newestId: 'claude-haiku-5-5',
      suggestions: expect.arrayContaining(['claude-haiku-4-5']),
      change: 'released',
      health: 'ok',
      retired: models.filter(({ lifecycle }) => lifecycle === 'retired').length,
    })
  } finally {
    await rm(folder, { recursive: true })
  }
})
