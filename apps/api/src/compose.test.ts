import { aliases, models } from '@models-edge/upstream/catalogue'
import { describe, expect, test } from 'vitest'
import { KeeperWorld } from '../test/world/keeper-world.ts'
import { Afterwards } from '../test/world/platform.ts'
import { paths, targetsOf } from '../test/world/targets.ts'
import { composeWorker, type Configuration, keeperIn } from './compose.ts'
import type { KeeperRpc } from './keeper/keeper.ts'
import { SNAPSHOT_KEY } from './snapshot/coding.ts'

const secret = 'claude-secret-9-20250101'
const listed = models.toSpliced(5, 0, { ...models[5]!, id: secret })

interface Started {
  readonly stored: string
  /** Status, headers and body, but for the id of the request. */
  readonly answered: (target: string) => Promise<string>
}

/** A Worker before a Keeper that lists these models, after the first tick. */
async function started(
  lists: readonly object[],
  env: Configuration = {},
  ofKeeper: Configuration = env,
): Promise<Started> {
  const world = new KeeperWorld(lists, ofKeeper)
  world.upstream.aliases = { ...Object.fromEntries(aliases), 'claude-secret-9': secret }
  const getByName = (...given: readonly unknown[]): KeeperRpc => {
    expect(given).toEqual(['catalog', { locationHint: 'wnam' }])
    return world.keeper
  }
  const configured = { CATALOG: world.kv, ...env }
  const worker = composeWorker(configured, keeperIn({ getByName }), world.platform)
  await worker.tick()
  const after = new Afterwards()
  return {
    stored: world.kv.values.get(SNAPSHOT_KEY) ?? '',
    async answered(target) {
      const response = await worker.respond(new Request(`http://host${target}`), after)
      const { headers, status } = response
      const said = JSON.stringify([status, [...headers], await response.text()])
      return said.replaceAll(headers.get('request-id') ?? '', 'its id')
    },
  }
}

describe('hidden models', () => {
  const hiding = { HIDDEN_MODELS: 'claude-secret-*' }
  const targets = paths.flatMap(([path, operation]) => targetsOf(path, operation))
  const all = '/v1/models?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'
  const guessed = [secret, 'claude-secret-9', 'claude-secret-8'].map((name) => `/v1/models/${name}`)
  const cursors = ['after_id', 'before_id'].map((name) => `/v1/models?${name}=${secret}`)

  test('change no byte of any answer: it is as if upstream did not list them', async () => {
    const [service, without] = [await started(listed, hiding), await started(models)]
    for (const target of [...targets, all, ...guessed, ...cursors]) {
      expect(await service.answered(target)).toBe(await without.answered(target))
    }
    expect(service.stored).not.toContain('secret')
  })

  test('are in no answer, also where the Keeper does not hide them yet', async () => {
    const { answered, stored } = await started(listed, hiding, {})
    expect(stored).toContain(secret)
    for (const target of [...targets, all]) expect(await answered(target)).not.toContain('secret')
  })

  test('may be aliases alone', async () => {
    const { answered } = await started(models, { HIDDEN_MODELS: 'claude-haiku-4-5' })
    const near = '"suggestions":["claude-haiku-4-5-20251001","claude-haiku-5-5"]'
    const [, , body] = JSON.parse(await answered('/v1/models/claude-haiku-4-5')) as string[]
    expect(body).toContain(near)
    expect(await answered('/v1/models/claude-haiku-4-5-20251001')).toMatch(/^\[200,/)
  })
})

test('a binding that is missing is named to the log, and the service says that it has nothing', async () => {
  const world = new KeeperWorld(models)
  const { platform } = world
  const worker = composeWorker({}, keeperIn(undefined), platform)
  await worker.tick()
  const message = 'Error: The binding KEEPER is missing'
  expect(platform.lines).toEqual([{ event: 'knock', outcome: 'failed', message }])
  const request = new Request('http://host/')
  expect((await worker.respond(request, new Afterwards())).status).toBe(503)
  // With KV, it serves that.
  await world.knock()
  const configured = { CATALOG: world.kv, PUBLIC_URL: 'https://acme.test' }
  const other = composeWorker(configured, keeperIn(undefined), platform)
  const page = await other.respond(request, new Afterwards())
  expect([page.status, await page.text()]).toEqual([
    200,
    expect.stringContaining('https://acme.test/v1/models'),
  ])
})

test('without KV, a Worker serves what the Keeper holds, and the Keeper what it has read', async () => {
  const { CATALOG, ...env }: Configuration = {}
  const world = new KeeperWorld(models, { CATALOG, ANTHROPIC_VERSION: '2099-01-01' } as object)
  const worker = composeWorker(env, keeperIn({ getByName: () => world.keeper }), world.platform)
  await world.knock()
  const response = await worker.respond(new Request('http://host/v1/models'), new Afterwards())
  expect(response.status).toBe(200)
  expect(world.platform.lines).toMatchObject([{ outcome: 'provisional', reason: 'kv_read_failed' }])
  const [{ headers }] = world.upstream.requests as [Request]
  expect(headers.get('anthropic-version')).toBe('2099-01-01')
})
