import type { ErrorBody } from '@models-edge/core'
import { aliases, models } from '@models-edge/upstream/catalogue'
import { describe, expect, test } from 'vitest'
import { KeeperWorld } from '../test/world/keeper-world.ts'
import { Afterwards } from '../test/world/platform.ts'
import { composeWorker, type Configuration, keeperIn } from './compose.ts'
import type { KeeperRpc } from './keeper/keeper.ts'
import { SNAPSHOT_KEY } from './snapshot/coding.ts'

type Ask = (target: string) => Promise<Response>

/** A Worker before a Keeper, both configured so, after its first tick. */
async function started(env: Configuration, world: KeeperWorld): Promise<Ask> {
  const getByName = (...given: readonly unknown[]): KeeperRpc => {
    expect(given).toEqual(['catalog', { locationHint: 'wnam' }])
    return world.keeper
  }
  const configured = { CATALOG: world.kv, ...env }
  const worker = composeWorker(configured, keeperIn({ getByName }), world.platform)
  await worker.tick()
  const after = new Afterwards()
  return async (target) => worker.respond(new Request(`http://host${target}`), after)
}

async function hiding(HIDDEN_MODELS: string): Promise<readonly [Ask, KeeperWorld]> {
  const world = new KeeperWorld(models, { HIDDEN_MODELS })
  world.upstream.aliases = Object.fromEntries(aliases)
  return [await started({ HIDDEN_MODELS }, world), world]
}

describe('hidden models', () => {
  const all = '/v1/models?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'
  const [alias, id] = ['claude-haiku-4-5', 'claude-haiku-4-5-20251001']

  test.each([
    [id, 19],
    ['claude-haiku-*', 18],
  ])('as %s are nowhere', async (globs, count) => {
    const [ask, world] = await hiding(globs)
    expect(await (await ask('/health')).json()).toMatchObject({ models: count })
    const page = '/v1/models?limit=1&after_id=claude-opus-4-5-20251101'
    for (const target of [all, '/v1/models', '/v1/changes?limit=1000', page, '/']) {
      const response = await ask(target)
      expect(response.status).toBe(200)
      expect(response.headers.get('link') ?? '').not.toContain('haiku-4-5')
      // The page has an example of an alias of its own.
      const text = await response.text()
      expect(text).not.toContain(target === '/' ? id : 'haiku-4-5')
    }
    for (const name of [id, alias, 'claude-haiku-4-5-2025100']) {
      const { error } = await (await ask(`/v1/models/${name}`)).json<ErrorBody>()
      expect(error.message).toBe(`model: ${name}`)
      expect(JSON.stringify(error.details ?? null)).not.toContain('haiku-4-5')
    }
    for (const cursor of ['after_id', 'before_id']) {
      expect((await ask(`/v1/models?${cursor}=${id}`)).status).toBe(400)
    }
    expect(world.kv.values.get(SNAPSHOT_KEY)).not.toContain('haiku-4-5')
  })

  test('may be aliases alone', async () => {
    const [ask] = await hiding(alias)
    const { error } = await (await ask(`/v1/models/${alias}`)).json<ErrorBody>()
    expect(error.details).toEqual({ suggestions: [id, 'claude-haiku-5-5'] })
    expect((await ask(`/v1/models/${id}`)).status).toBe(200)
  })
})

test('a binding that is missing is named to the log, and the service says that it has nothing', async () => {
  const world = new KeeperWorld(models)
  const { platform } = world
  const worker = composeWorker({}, keeperIn(undefined), platform)
  await worker.tick()
  const message = 'Error: The binding KEEPER is missing'
  expect(platform.lines).toEqual([{ event: 'knock', outcome: 'failed', message }])
  const request = new Request('http://host/v1/models')
  expect((await worker.respond(request, new Afterwards())).status).toBe(503)
})
