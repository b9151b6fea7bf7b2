import {
  createExecutionContext,
  createScheduledController,
  evictAllDurableObjects,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { composeKeeper, keeperIn } from '../../src/compose.ts'
import worker, { type Keeper } from '../../src/index.ts'
import { fromBytes } from '../../src/memory/sources.ts'
import type { Snapshot } from '../../src/snapshot/snapshot.ts'
import {
  askUpstream,
  BASE_URL,
  down,
  fetchUpstream,
  gate,
  KEY,
  later,
  lines,
  listing,
  MINUTE,
  model,
  platform,
  requestFor,
  stage,
  stored,
  upstream,
} from './world.ts'

stage()

// The class itself, as it is deployed. It takes Workers' own clock, timers and `fetch`: they are the tests'.
beforeEach(() => {
  vi.spyOn(Date, 'now').mockImplementation(platform.now)
  vi.spyOn(scheduler, 'wait').mockImplementation((ms, options) =>
    platform.sleep(ms, options?.signal),
  )
  vi.stubGlobal('fetch', (request: Request) =>
    fetchUpstream(new Request(request.url.replace('https://api.anthropic.com', BASE_URL), request)),
  )
})

const bindings: Env = { ...env, API_KEY: KEY }
const keeper = keeperIn(env.KEEPER)
const kv = Object.getPrototypeOf(env.CATALOG) as KVNamespace

function snapshotIn(bytes: Uint8Array | null): Snapshot {
  const found = fromBytes(bytes)
  if (found?.kind !== 'snapshot') throw new Error(`expected a snapshot, not ${found?.kind}`)
  return found.snapshot
}

function sizes({ models, aliases, changes }: Snapshot): readonly number[] {
  return [models.length, aliases.length, changes.length]
}

/** Runs where the object lives. A promise that one object waits for, and another ends, can bring workerd down. */
function inside<Result>(
  work: (object: Keeper, state: DurableObjectState) => Promise<Result>,
): Promise<Result> {
  return runInDurableObject(env.KEEPER.getByName('catalog'), work)
}

async function list(): Promise<string> {
  const context = createExecutionContext()
  const incoming = requestFor('/v1/models') as Parameters<typeof worker.fetch>[0]
  const answer = await worker.fetch(incoming, bindings, context)
  await waitOnExecutionContext(context)
  return answer.text()
}

async function tick(): Promise<void> {
  await worker.scheduled(createScheduledController(), bindings)
}

describe('the object', () => {
  test('gives bytes, whatever the characters, and syncs by itself where it is empty', async () => {
    const text = JSON.stringify(model('m', { display_name: 'café 😀' }))
    upstream.send = listing([text])
    const copy = await keeper.copy()
    expect(copy).toBeInstanceOf(Uint8Array)
    expect(snapshotIn(copy).models.map(({ json }) => json)).toEqual([text])
    // A first copy does not wait for the rest of its sync.
    await keeper.knock()
    expect(JSON.parse((await stored()) ?? '')).toMatchObject({ format: 2, models: [text] })
  })

  test('sweeps once for all who come at once', async () => {
    const knocks = Array.from({ length: 20 }, () => keeper.knock())
    const copies = Array.from({ length: 20 }, () => keeper.copy())
    expect(new Set(await Promise.all(knocks))).toEqual(new Set([null]))
    const all = (await Promise.all(copies)).map((copy) => snapshotIn(copy).models.length)
    expect(new Set(all)).toEqual(new Set([20]))
    expect([upstream.sweeps, lines.length]).toEqual([1, 1])
  })

  test('gives its copy at once while it sweeps', async () => {
    await keeper.knock()
    later(MINUTE)
    const copied = await inside(async (object) => {
      const [sweep, answer] = [gate(), gate()]
      const { send } = upstream
      upstream.send = async (request) => {
        sweep.open()
        await answer.passed
        return send(request)
      }
      const knocking = object.knock()
      await sweep.passed
      const copy = await object.copy()
      answer.open()
      await knocking
      return copy
    })
    expect(sizes(snapshotIn(copied))).toEqual([20, 3, 33])
    expect([upstream.sweeps, lines.length]).toEqual([2, 2])
  })

  test.each<[string, () => void, object]>([
    [
      'upstream',
      () => void (upstream.send = down),
      { kind: 'nothing', failure: { reason: 'unreachable', failures: 1 } },
    ],
    [
      'reading KV',
      () => {
        vi.spyOn(kv, 'get').mockRejectedValue(new Error('KV is down'))
        vi.spyOn(kv, 'list').mockRejectedValue(new Error('KV is down'))
      },
      { kind: 'snapshot', snapshot: { changes: [], failure: null } },
    ],
    [
      'writing KV',
      () => void vi.spyOn(kv, 'put').mockRejectedValue(new Error('KV is full')),
      { kind: 'snapshot', snapshot: { failure: null } },
    ],
    [
      'the log',
      () =>
        void vi.spyOn(console, 'log').mockImplementationOnce(() => {
          throw new Error('no log')
        }),
      { kind: 'snapshot' },
    ],
  ])('throws at nobody, and gives what it has, when this fails: %s', async (_, fail, expected) => {
    fail()
    const knocked = fromBytes(await keeper.knock())
    // Where KV has the value, nobody needs another.
    if (await stored().catch(() => null)) expect(knocked).toBeUndefined()
    else expect(knocked).toMatchObject(expected)
    expect(fromBytes(await keeper.copy())).toMatchObject(expected)
    expect([upstream.sweeps, lines.length]).toEqual([1, 1])
  })
})

describe('a crash', () => {
  type Hold = (reach: () => void) => void
  const never = new Promise<never>(() => {})

  function holdCalls(what: RegExp): Hold {
    return (reach) => {
      const { send } = upstream
      upstream.send = (request) => {
        if (!what.test(request.url)) return send(request)
        reach()
        return never
      }
    }
  }

  function holdPut(reach: () => void): void {
    vi.spyOn(kv, 'put').mockImplementationOnce(() => {
      reach()
      return never
    })
  }

  /** The object ends, as when its machine goes down, at that moment of a sync. What is stored stays. */
  async function crash(hold: Hold): Promise<void> {
    const { send } = upstream
    const crashing = inside(async (object, state) => {
      const { passed, open } = gate()
      hold(open)
      object.knock().catch(() => undefined)
      await passed
      // Nothing leaves an object before what it has written is kept; here, nothing really leaves it.
      await state.storage.sync()
      state.abort('crash')
    })
    await expect(crashing).rejects.toThrow('crash')
    upstream.send = send
  }

  test.each<[string, Hold, readonly number[]]>([
    ['upstream lists its models', holdCalls(/\?/), [20, 3, 33]],
    ['KV takes the value', holdPut, [21, 3, 34]],
    ['aliases are asked for', holdCalls(/models\/./), [21, 3, 34]],
  ])('while %s loses nothing, and nothing is done twice', async (_, hold, kept) => {
    await keeper.knock()
    const { changes: history } = snapshotIn(await keeper.copy())
    later(MINUTE)
    await upstream.plan('fault=model-more&times=Infinity')
    await crash(hold)
    expect(sizes(snapshotIn(await keeper.copy()))).toEqual(kept)

    later(MINUTE)
    await keeper.knock()
    const after = snapshotIn(await keeper.copy())
    expect(sizes(after)).toEqual([21, 3, 34])
    expect(after.changes[0]).toMatchObject({ change: 'released', model_id: 'claude-new-6' })
    expect(after.changes.slice(1)).toEqual(history)
    expect((await stored()) ?? '').toContain('claude-new-6')
  })

  test('in the middle of the very first sync leaves nothing, until the next minute', async () => {
    await crash(holdCalls(/\?/))
    expect(fromBytes(await keeper.copy())).toEqual({ kind: 'nothing', failure: null })
    later(MINUTE)
    await keeper.knock()
    expect(sizes(snapshotIn(await keeper.copy()))).toEqual([20, 3, 33])
  })
})

test('what was doubted before a restart is settled after it', async () => {
  await keeper.knock()
  await upstream.plan('fault=model-less&times=Infinity')
  later(MINUTE)
  await keeper.knock()
  await evictAllDurableObjects()
  expect(sizes(snapshotIn(await keeper.copy()))).toEqual([20, 3, 33])
  later(MINUTE)
  await keeper.knock()
  expect(sizes(snapshotIn(await keeper.copy()))).toEqual([19, 3, 34])
})

test('a sync that finds nothing new writes three rows, and two for its put', async () => {
  let written = 0
  const configured = {
    CATALOG: env.CATALOG,
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: BASE_URL,
  }
  upstream.send = listing([model('m')])
  const counts = await inside(async (_, { storage }) => {
    const counting = composeKeeper(
      configured,
      {
        transactionSync: (work) => storage.transactionSync(work),
        sql: {
          exec(query, ...values) {
            const cursor = storage.sql.exec<Record<string, SqlStorageValue>>(query, ...values)
            const rows = cursor.toArray()
            written += cursor.rowsWritten
            return { toArray: () => rows }
          },
        },
      },
      platform,
    )
    const each: number[] = []
    for (let minute = 0; minute < 7; minute += 1) {
      written = 0
      await counting.knock()
      each.push(written)
      later(MINUTE)
    }
    return each
  })
  expect(counts.slice(1)).toEqual([3, 3, 3, 3, 5, 3])
})

test('the deployed Worker answers its first request, and its cron goes on from there', async () => {
  expect(await list()).toBe(await (await askUpstream('/v1/models')).text())
  // The minute has had its sync.
  await tick()
  expect([upstream.sweeps, lines.length]).toEqual([1, 1])
  later(MINUTE)
  await upstream.plan('fault=model-more')
  // A cron can come twice.
  await Promise.all([tick(), tick()])
  await tick()
  expect([upstream.sweeps, lines.length]).toEqual([2, 2])
  expect(await list()).toContain('claude-new-6')
})
