import { mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { listen } from '@models-edge/testing/listener'
import { expect, test } from 'vitest'
import { ApiError, listModels, type Send, withLimits, withRetries } from '../src/index.ts'
import { source } from './examples.ts'

type Condition = (error: unknown, signal: AbortSignal, type: typeof ApiError) => unknown

/** The column of the README's table that tells what was thrown, as code. */
async function conditions(): Promise<readonly Condition[]> {
  const readme = readFileSync(join(source, 'README.md'), 'utf8')
  const [table = ''] = /^\| What happened .*?\n\n/ms.exec(readme) ?? []
  const column = Array.from(table.matchAll(/`([^`]*error[^`]*)` +\|$/gm), ([, code = '']) => code)
  using folder = mkdtempDisposableSync(join(tmpdir(), 'thrown-'))
  const file = join(folder.path, 'conditions.mjs')
  const functions = column.map((code) => `(error, signal, ApiError) => ${code}`)
  writeFileSync(file, `export default [${functions.join()}]`)
  return ((await import(pathToFileURL(file).href)) as { default: readonly Condition[] }).default
}

interface Cause {
  readonly send: Send
  readonly limit?: number
  readonly signal?: AbortSignal
}

const closed = await listen(() => undefined)
await closed.close()

const page = { data: [{ id: 'a' }], has_more: true, last_id: 'a' }
const refusal = { type: 'error', error: { type: 'invalid_request_error', message: 'no' } }
const at =
  (body: BodyInit, status = 200): Send =>
  async () =>
    new Response(body, { status })
const broken = new ReadableStream({ pull: (stream) => stream.error(new Error('lost')) })
const soon = { sleep: async () => {} }

/** In the order of the table. */
const causes: readonly Cause[] = [
  { send: fetch, limit: 0 },
  { send: at(JSON.stringify(refusal), 400) },
  { send: at('<html>') },
  { send: withLimits(() => new Promise(() => {}), soon) },
  { send: withLimits(at(broken)) },
  { send: withLimits(at('12'), { maxBytes: 1 }) },
  { send: at(JSON.stringify(page)) },
  { send: fetch, signal: AbortSignal.abort(new Error('enough')) },
  { send: fetch },
]

const told = await conditions()

test.each([...causes.entries()])(
  'row %i of what can be thrown is told apart',
  async (row, cause) => {
    const { send, limit, signal = new AbortController().signal } = cause
    const models = listModels(
      withRetries(send, { retries: 0 }),
      { limit },
      { signal, baseURL: closed.origin },
    )
    const error: unknown = await Array.fromAsync(models).catch((thrown: unknown) => thrown)
    const met = told.map((condition) => Boolean(condition(error, signal, ApiError)))
    expect(met).toEqual(causes.map((_, place) => place === row))
  },
)
