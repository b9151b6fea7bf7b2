import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import worker from '../../src/index.ts'
import { isolate, KEY, lines, refused, requestFor, stage } from '../world/world.worker.ts'

stage()

describe('what goes wrong inside stays inside', () => {
  const bindings: Env = { ...env, API_KEY: KEY }
  type Incoming = Parameters<typeof worker.fetch>[0]
  const closed = {
    waitUntil: () => {
      throw new Error('private')
    },
  } as unknown as ExecutionContext
  const odd = {
    method: 'GET',
    get url(): string {
      throw new Error('private')
    },
  } as Incoming

  test.each<[string, () => Response | Promise<Response>]>([
    ['while an answer is made', () => isolate().respond(requestFor('/v1/models'), closed)],
    ['before that', () => worker.fetch(odd, bindings, createExecutionContext())],
  ])('%s', async (_, respond) => {
    const failed = await respond()
    expect(await refused(failed)).toBe(
      '500 api_error: The service failed to answer. Please try again.',
    )
    expect(failed.headers.get('cache-control')).toBe('no-store')
    expect(failed.headers.get('access-control-allow-origin')).toBe('*')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'error', message: 'private' },
    ])
  })
})
