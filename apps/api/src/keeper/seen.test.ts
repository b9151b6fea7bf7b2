import { expect, test } from 'vitest'
import { KeeperWorld } from '../../test/world/keeper-world.ts'
import { modelInfo } from '../../test/world/snapshots.ts'

const a = modelInfo('a-20250101')
const b = modelInfo('b')
/** Other text for the same model: whoever reads the list again notices that, and nothing else. */
const respelled = { ...a, extra: 1 }

/** What the tables say of the last list. */
function seen({ tables }: KeeperWorld): unknown {
  return tables.rows.seen()
}

test('the same bytes again make everything younger and move nothing else', async () => {
  const world = new KeeperWorld([b, a])
  world.upstream.aliases = { a: 'a-20250101' }
  await world.minutes(1)
  const before = { content: world.tables.content(), catalog: world.tables.catalog }
  const { revision } = world.tables.rows.keeper()
  const written = world.tables.written
  const { sql } = world.tables.storage
  const exec = sql.exec.bind(sql)
  sql.exec = (query, ...given) => {
    if (query.includes('FROM aliases')) throw new Error('nobody has to look')
    return exec(query, ...given)
  }
  const line = await world.minutes(1)
  sql.exec = exec
  expect(line).toMatchObject({ outcome: 'unchanged', changes: 0, age_s: 0, models: 2 })
  // When it began, the age, the mark and the revision.
  expect(world.tables.written - written).toBe(4)
  expect(world.tables.content()).toBe(before.content)
  expect(world.tables.catalog).toEqual({
    ...before.catalog,
    synced_at: before.catalog.synced_at + 60_000,
  })
  expect(world.tables.rows.keeper().revision).toBeGreaterThan(revision)
})

test.each<[string, (world: KeeperWorld) => void | Promise<unknown>]>([
  ['another list', ({ upstream }) => upstream.list(b, a, modelInfo('c'))],
  ['another visibility', (world) => world.restart({ env: { HIDDEN_MODELS: 'b' } })],
  ['other aliases to ask for', (world) => world.restart({ env: { EXTRA_ALIASES: 'x' } })],
  [
    'another key',
    (world) => world.restart({ env: { ANTHROPIC_API_KEY: 'another-key', EXTRA_ALIASES: '' } }),
  ],
])('with %s, the list is read', async (_, happens) => {
  const world = new KeeperWorld([b, a])
  await world.minutes(1)
  const before = seen(world)
  await happens(world)
  await world.minutes(1)
  expect(seen(world)).not.toMatchObject({ mark: (before as { mark: string }).mark })
})

test('what earlier code has read meanwhile makes the mark worth nothing', async () => {
  const world = new KeeperWorld([b, a])
  await world.minutes(2)
  // A deployment was rolled back: it believes another list, and knows no mark.
  world.tables.storage.sql.exec(`UPDATE catalogs SET synced_at = synced_at + 1`)
  world.tables.storage.sql.exec(`DELETE FROM models WHERE id = 'b'`)
  await world.minutes(1)
  expect(world.tables.ids).toBe('b a-20250101')
})

test('a list that is doubted is read each time, until it is believed', async () => {
  const world = new KeeperWorld([b, a])
  await world.minutes(1)
  world.upstream.list(b, respelled)
  expect(await world.minutes(1)).toMatchObject({ outcome: 'doubted', doubted: 1 })
  expect(seen(world)).toMatchObject({ mark: '' })
  // The list before it says again what is known: the doubt is over.
  world.upstream.list(b, a)
  expect(await world.minutes(1)).toMatchObject({ outcome: 'unchanged' })
  world.upstream.list(b, respelled)
  expect(await world.minutes(1)).toMatchObject({ outcome: 'doubted' })
  expect(await world.minutes(1)).toMatchObject({ outcome: 'written', changes: 1 })
})

test('the same again ends a failure', async () => {
  const world = new KeeperWorld([b, a])
  await world.minutes(1)
  world.upstream.instead = () => new Response('no list')
  expect(await world.minutes(1)).toMatchObject({ outcome: 'failed' })
  world.upstream.instead = () => undefined
  expect(await world.minutes(1)).toMatchObject({ outcome: 'unchanged', published: 'status' })
  expect(world.published.failure).toBeNull()
})

test('aliases are looked at when the next one is due, and not before', async () => {
  const world = new KeeperWorld([b, a])
  world.upstream.aliases = { a: 'a-20250101' }
  await world.minutes(1)
  expect(world.upstream.names).toEqual(['a'])
  await world.minutes(59)
  expect(world.upstream.names).toEqual(['a'])
  // What is in doubt is asked for again at once.
  world.upstream.aliases = { a: 'b' }
  await world.minutes(1)
  expect(world.upstream.names).toEqual(['a', 'a'])
  await world.minutes(2)
  expect(world.upstream.names).toEqual(['a', 'a', 'a'])
  // A clock that was years ahead, and is put right.
  world.clock.set('2029-01-01T00:00:00Z')
  await world.minutes(1)
  world.clock.set('2026-11-20T15:00:00Z')
  await world.minutes(1)
  expect(world.upstream.names).toEqual(['a', 'a', 'a', 'a', 'a'])
})

test('a list and its mark are written together, so that no doubt outlives the mark before it', async () => {
  const world = new KeeperWorld([b, a])
  await world.minutes(1)
  const { tables } = world
  const before = tables.content()
  const { sql } = tables.storage
  const exec = sql.exec.bind(sql)
  // The Keeper ends where it has read a list that brings a model and lacks another one.
  sql.exec = (query, ...given) => {
    if (query.includes('INTO seen')) throw new Error('ended')
    return exec(query, ...given)
  }
  world.upstream.list(a, modelInfo('new'))
  await world.minutes(1)
  sql.exec = exec
  expect(tables.content()).toBe(before)
  // The list before it is the known one again.
  world.upstream.list(b, a)
  await world.minutes(1)
  expect(tables.ids).toBe('b a-20250101')
})

test('tables of later code are served and counted, also where they lack the mark', async () => {
  const world = new KeeperWorld([b, a])
  await world.minutes(1)
  world.tables.storage.sql.exec(`DROP TABLE seen`)
  world.tables.storage.sql.exec(`UPDATE schema SET number = 99`)
  world.restart()
  const line = { outcome: 'skipped', reason: 'later_schema', models: 2 }
  expect(await world.minutes(1)).toMatchObject(line)
})
