import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { KeeperWorld, SOURCE, Tables, visibilityOf } from '../../test/world/keeper-world.ts'
import { modelInfo, modelOf, START, startPlus } from '../../test/world/snapshots.ts'
import { decode } from '../snapshot/coding.ts'
import { commitFailure } from './commit-failure.ts'
import { snapshotText } from './content.ts'
import { SyncError } from './failure.ts'

const NOW = Date.parse(START)

function publicAliases(tables: Tables, hidden = ''): unknown {
  return (JSON.parse(tables.content(hidden)) as { aliases: unknown }).aliases
}

/** Two models, and these names that stand for them, or for nothing. */
function named(aliases: Readonly<Record<string, string | null>>): Tables {
  const tables = new Tables()
  tables.commit([modelOf('m'), modelOf('n')])
  for (const [alias, model] of Object.entries(aliases)) {
    tables.storage.sql.exec('INSERT INTO aliases VALUES (1, ?, ?, 0, NULL)', alias, model)
  }
  return tables
}

describe('an alias is served', () => {
  test('where it stands for a model of the list, and is no model’s id', () => {
    const tables = named({ z: 'n', a: 'm', nothing: null, gone: 'gone', n: 'm' })
    expect(publicAliases(tables)).toEqual([
      { alias: 'a', id: 'm' },
      { alias: 'z', id: 'n' },
    ])
  })

  test('where neither it nor its model is hidden', () => {
    const tables = named({ z: 'n', a: 'm' })
    expect(publicAliases(tables, 'a')).toEqual([{ alias: 'z', id: 'n' }])
    expect(publicAliases(tables, 'n')).toEqual([{ alias: 'a', id: 'm' }])
  })
})

test('a snapshot tells of the catalog, of the Keeper, and when it was written', () => {
  const tables = new Tables()
  expect(snapshotText(tables.rows, visibilityOf().isHidden, NOW)).toBeUndefined()
  tables.commit([modelOf('m')], { began: NOW - 1000 })
  commitFailure(tables.storage, new SyncError('empty', 'The list is empty'), NOW + 5)
  const text = snapshotText(tables.rows, visibilityOf().isHidden, NOW + 10) ?? ''
  expect(decode(text)).toMatchObject({
    kind: 'snapshot',
    snapshot: {
      revision: NOW + 5,
      source: SOURCE,
      written_at: startPlus(10),
      synced_at: startPlus(-1000),
      changed_at: START,
      failure: { reason: 'empty', failures: 1 },
      models: [modelOf('m')],
      changes: [{ model_id: 'm' }],
    },
  })
})

describe('what is hidden', () => {
  const publics = fc.uniqueArray(
    fc.record({ id: fc.constantFrom('a-20250101', 'b', 'c', 'd'), max_tokens: fc.nat(2) }),
    { selector: ({ id }) => id, minLength: 1 },
  )
  const secrets = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a-secret', 'b-secret-20250101', 'secret'),
      max_tokens: fc.nat(2),
      place: fc.nat(4),
    }),
    { selector: ({ id }) => id },
  )
  const aliases = fc.constantFrom({}, { a: 'a-20250101' }, { extra: 'b' })
  const steps = fc.array(
    fc.record({ publics, secrets, aliases, minutes: fc.integer({ min: 1, max: 7 }) }),
    { minLength: 1, maxLength: 8 },
  )

  type Steps = typeof steps extends fc.Arbitrary<infer Value> ? Value : never

  /** Every put of a Keeper's life, with its time. */
  async function putsIn(life: Steps, withSecrets: boolean): Promise<readonly unknown[]> {
    const env = { HIDDEN_MODELS: '*secret*', EXTRA_ALIASES: 'extra, secret-name' }
    const world = new KeeperWorld({ env })
    const puts: unknown[] = []
    world.kv.put = (key, value) => Promise.resolve(void puts.push(world.clock.now(), key, value))
    for (const step of life) {
      const models = step.publics.map(({ id, max_tokens }) => modelInfo(id, { max_tokens }))
      for (const { id, max_tokens, place } of withSecrets ? step.secrets : []) {
        models.splice(place, 0, modelInfo(id, { max_tokens }))
      }
      world.upstream.models = models.map((model) => JSON.stringify(model))
      const names = { 'secret-name': 'b', 'b-secret': 'b-secret-20250101' }
      world.upstream.aliases = withSecrets ? { ...step.aliases, ...names } : step.aliases
      await world.minutes(step.minutes)
    }
    const { catalog } = world.tables
    return [...puts, catalog, world.tables.content()]
  }

  test('leaves no trace: not in what is published, and not in when', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (life) => {
        expect(await putsIn(life, true)).toEqual(await putsIn(life, false))
      }),
      { numRuns: 8 },
    )
  })

  test('from now on is in no copy, and its going has a time, also while upstream fails', async () => {
    const world = new KeeperWorld({ models: [modelInfo('secret'), modelInfo('a')] })
    await world.knock()
    const before = world.published
    world.upstream.instead = () => Promise.reject(new Error('no connection'))
    world.restart({ env: { HIDDEN_MODELS: 'secret' } })
    await world.minutes(6)
    expect(world.published.models).toEqual([modelOf('a').json])
    const [was, is] = [before, world.published].map(({ changed_at }) => String(changed_at))
    expect(is!.slice(0, START.length - '.000Z'.length) > was!.slice(0, -5)).toBe(true)
  })
})
