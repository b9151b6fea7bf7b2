import type { Change, ErrorBody, ModelInfo } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import type { Worker } from '../../src/compose.ts'
import {
  ask,
  bodyOf,
  isolate,
  listing,
  model,
  refused,
  settle,
  stage,
  synced,
  tick,
  upstream,
} from './world.ts'

stage()

interface Changes {
  readonly data: readonly Change[]
  readonly has_more: boolean
  readonly first_id: string | null
  readonly last_id: string | null
}

function changes(service: Worker, query = '?limit=1000'): Promise<Changes> {
  return bodyOf<Changes>(ask(service, `/v1/changes${query}`))
}

async function ids(service: Worker, query?: string): Promise<string[]> {
  return (await changes(service, query)).data.map(({ id }) => id)
}

/** What a change of these models to those brings, but for the ids. */
async function news(before: ModelInfo[], after: ModelInfo[]): Promise<object[]> {
  upstream.send = listing(before)
  const service = await synced()
  const history = await ids(service)
  upstream.send = listing(after)
  await settle(service)
  const { data } = await changes(service)
  expect(data.slice(data.length - history.length).map(({ id }) => id)).toEqual(history)
  return data.slice(0, data.length - history.length).map((change) => withoutId(change))
}

function withoutId({ id, ...rest }: Change): object {
  expect(id).toMatch(/^chg_[0-9a-z]{11}$/)
  return rest
}

/** A model that comes out is believed at once; all else is seen twice. */
function seen(change: Change['change'], details: Partial<Change> = {}): object {
  const at = change === 'released' ? '2026-11-20T12:01:00.000Z' : '2026-11-20T12:02:00.000Z'
  return { type: 'change', change, model_id: 'm', at, seeded: false, ...details }
}

const soon = '2026-12-01T00:00:00Z'
const late = '2027-01-01T00:00:00Z'
const deprecated = {
  lifecycle: 'deprecated',
  deprecated_at: '2026-11-01T00:00:00Z',
  retires_at: soon,
} as const

describe('the first sync', () => {
  test('tells what the dates of the models tell, newest first', async () => {
    upstream.send = listing([
      model('new', { created_at: '2026-10-01T00:00:00Z' }),
      model('ending', { created_at: '2026-02-01T00:00:00Z', ...deprecated }),
      model('gone', {
        created_at: '2025-01-01T00:00:00Z',
        lifecycle: 'retired',
        deprecated_at: '2025-06-01T00:00:00Z',
        retires_at: '2026-01-01T00:00:00Z',
      }),
      model('unknown', { created_at: '1970-01-01T00:00:00Z', deprecated_at: null }),
      model('coming', { created_at: '2026-12-24T00:00:00Z', deprecated_at: late }),
      model('odd', { created_at: 'someday', deprecated_at: 'soon' }),
      model('odder', { created_at: '', lifecycle: 'retired', retires_at: 'late' }),
    ])
    const { data, ...cursors } = await changes(await synced())
    expect(data.map((change) => withoutId(change))).toEqual(
      [
        ['deprecated', 'ending', '2026-11-01T00:00:00Z', soon],
        ['released', 'new', '2026-10-01T00:00:00Z'],
        ['released', 'ending', '2026-02-01T00:00:00Z'],
        ['retired', 'gone', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
        ['deprecated', 'gone', '2025-06-01T00:00:00Z', '2026-01-01T00:00:00Z'],
        ['released', 'gone', '2025-01-01T00:00:00Z'],
      ].map(([change, model_id, at, to]) => ({
        type: 'change',
        change,
        model_id,
        at,
        seeded: true,
        ...(to && { retires_at: { from: null, to } }),
      })),
    )
    expect(cursors).toEqual({ has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id })
    expect(new Set(data.map(({ id }) => id)).size).toBe(6)
  })
})

describe('a later sync sees', () => {
  test.each<[string, ModelInfo[], ModelInfo[], object[]]>([
    ['nothing new', [model('m')], [model('m')], []],
    [
      'the order of the list change: nothing new',
      [model('m'), model('n')],
      [model('n'), model('m')],
      [],
    ],
    ['a model come out', [model('n')], [model('m'), model('n')], [seen('released')]],
    [
      'a deprecation',
      [model('m', { lifecycle: 'active', retires_at: null })],
      [model('m', deprecated)],
      [seen('deprecated', { retires_at: { from: null, to: soon } })],
    ],
    [
      'a retirement',
      [model('m', deprecated)],
      [model('m', { ...deprecated, lifecycle: 'retired' })],
      [seen('retired', { retires_at: { from: soon, to: soon } })],
    ],
    [
      'a retirement without warning, on another day than announced',
      [model('m', { lifecycle: 'active', retires_at: late })],
      [model('m', { ...deprecated, lifecycle: 'retired' })],
      [seen('retired', { retires_at: { from: late, to: soon } })],
    ],
    [
      'a retirement put off',
      [model('m', deprecated)],
      [model('m', { ...deprecated, retires_at: late })],
      [seen('retirement_rescheduled', { retires_at: { from: soon, to: late } })],
    ],
    [
      'a retirement called off',
      [model('m', deprecated)],
      [model('m', { ...deprecated, retires_at: null })],
      [seen('retirement_rescheduled', { retires_at: { from: soon, to: null } })],
    ],
    [
      'a model taken away',
      [model('n'), model('m', { ...deprecated, max_tokens: 7 })],
      [model('n')],
      [seen('removed', { model: model('m', { ...deprecated, max_tokens: 7 }) })],
    ],
    [
      'fields change, appear and go',
      [model('m', { max_tokens: 1, line: 'opus' })],
      [model('m', { display_name: 'M', max_tokens: 1, capabilities: null })],
      [
        seen('changed', {
          fields: ['display_name', 'line', 'capabilities'],
          values: {
            display_name: { from: 'm', to: 'M' },
            line: { from: 'opus' },
            capabilities: { to: null },
          },
        }),
      ],
    ],
    [
      'a deprecation and another field at once',
      [model('m')],
      [model('m', { ...deprecated, display_name: 'M' })],
      [
        seen('deprecated', { retires_at: { from: null, to: soon } }),
        seen('changed', {
          fields: ['display_name'],
          values: { display_name: { from: 'm', to: 'M' } },
        }),
      ],
    ],
    [
      'a lifecycle that nobody knows',
      [model('m', { lifecycle: 'active' })],
      [model('m', { lifecycle: 'dormant' })],
      [
        seen('changed', {
          fields: ['lifecycle'],
          values: { lifecycle: { from: 'active', to: 'dormant' } },
        }),
      ],
    ],
    [
      'several models change, in the order of the list, the removed ones last; a new one before',
      [model('b'), model('m'), model('z')],
      [model('a'), model('b', { line: null }), model('m')],
      [
        seen('changed', { model_id: 'b', fields: ['line'], values: { line: { to: null } } }),
        seen('removed', { model_id: 'z', model: model('z') }),
        seen('released', { model_id: 'a' }),
      ],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await news(before, after)).toEqual(expected)
  })
})

describe('the history', () => {
  test('stays when a model goes, and when a new isolate reads it', async () => {
    const service = await synced()
    await upstream.plan('fault=model-less&times=Infinity')
    await settle(service)
    const { data } = await changes(service)
    expect(data).toHaveLength(34)
    expect(data[0]).toMatchObject({ change: 'removed', model: { id: 'claude-haiku-5-5' } })
    expect(await changes(isolate())).toEqual(await changes(service))
  })

  test('is paged like the list', async () => {
    const service = await synced()
    const all = await ids(service)
    // The ids are places in the history.
    expect(all.toSorted().toReversed()).toEqual(all)
    expect(await ids(service, '')).toEqual(all.slice(0, 20))
    const page = await changes(service, `?limit=5&after_id=${all[4]}`)
    expect(page).toMatchObject({ has_more: true, first_id: all[5], last_id: all[9] })
    expect(page.data.map(({ id }) => id)).toEqual(all.slice(5, 10))
    const back = await changes(service, `?limit=3&before_id=${all[5]}`)
    expect(back).toMatchObject({ has_more: true, first_id: all[2], last_id: all[4] })
    expect(await changes(service, `?before_id=${all[0]}`)).toEqual({
      data: [],
      has_more: false,
      first_id: null,
      last_id: null,
    })
    expect(await changes(service, `?after_id=${all[31]}`)).toMatchObject({
      has_more: false,
      first_id: all[32],
    })
  })

  test.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'after_id=none',
    'before_id=claude-opus-5',
    'after_id=a&before_id=b',
    'since=',
    'since=2026-11-20T12:00:00Z&since=2026-11-20T12:00:00Z',
    'since=now',
    'since=2026-11-20',
    'since=2026-11-20T12:00:00',
    'since=2026-13-01T00:00:00Z',
    'since=1700000000',
    'since=Fri, 20 Nov 2026 12:00:00 GMT',
  ])('refuses ?%s', async (query) => {
    const answer = await ask(await synced(), `/v1/changes?${query}`)
    const { error } = await answer.json<ErrorBody>()
    expect([answer.status, error.type]).toEqual([400, 'invalid_request_error'])
    expect(error.message).toMatch(
      /^(limit|since): Input should|^Invalid pagination cursor|^after_id, before_id: /,
    )
  })
})

async function grown(): Promise<Worker> {
  upstream.send = listing([model('a', { created_at: '2026-11-20T10:00:00Z' })])
  const service = await synced()
  for (const more of ['b', 'c', 'd']) {
    const models = ['d', 'c', 'b', 'a'].filter((id) => id <= more)
    upstream.send = listing(models.map((id) => model(id, { created_at: '2026-11-20T10:00:00Z' })))
    await tick(service)
  }
  return service
}

async function modelsIn(service: Worker, query: string): Promise<string> {
  return (await changes(service, query)).data.map(({ model_id }) => model_id).join('')
}

test('have no lifecycle to be filtered by', async () => {
  expect(await modelsIn(await grown(), '?lifecycle[]=retired&lifecycle=none')).toBe('dcba')
})

describe('since', () => {
  test.each([
    ['2026-11-20T12:02:00Z', 'dc'],
    ['2026-11-20T12:02:00.001Z', 'd'],
    ['2026-11-20T12:01:59.999999Z', 'dc'],
    ['2026-11-20t12:02:00z', 'dc'],
    ['2026-11-20T14:02:00%2B02:00', 'dc'],
    ['2026-11-20T14:02:00+02:00', 'dc'],
    ['2026-11-20T07:02:00-05:00', 'dc'],
    ['2026-11-20%2012:02:00Z', 'dc'],
    ['2026-11-20T10:00:00Z', 'dcba'],
    ['1970-01-01T00:00:00Z', 'dcba'],
    ['2030-01-01T00:00:00Z', ''],
  ])('%s leaves the changes %s', async (since, expected) => {
    expect(await modelsIn(await grown(), `?since=${since}`)).toBe(expected)
  })

  test('goes together with the cursors, older ones too, and with the links', async () => {
    const service = await grown()
    const [, c, b, a] = await ids(service)
    const since = 'since=2026-11-20T12:01:00Z'
    expect(await changes(service, `?${since}&limit=2`)).toMatchObject({
      has_more: true,
      last_id: c,
    })
    const { headers } = await ask(service, `/v1/changes?${since}&limit=2`)
    expect(headers.get('link')).toBe(
      `</v1/changes?limit=2&since=2026-11-20T12%3A01%3A00Z&after_id=${c}>; rel="next"`,
    )
    expect(await modelsIn(service, `?${since}&limit=2&after_id=${c}`)).toBe('b')
    expect(await changes(service, `?${since}&limit=1&after_id=${c}`)).toMatchObject({
      has_more: false,
      last_id: b,
    })
    // A reader who comes back with the oldest that it knows.
    expect(await modelsIn(service, `?${since}&before_id=${a}`)).toBe('dcb')
    expect(await modelsIn(service, `?${since}&after_id=${a}`)).toBe('')
  })
})

describe('who follows, from a cursor', () => {
  const nothing = { data: [], has_more: false, first_id: null, last_id: null }

  test('that is ahead of this place, gets nothing, and is not refused', async () => {
    expect(await changes(await synced(), '?before_id=chg_zzzzzzzzzzz')).toEqual(nothing)
  })

  test('between two changes, gets what is newer', async () => {
    const service = await grown()
    const [d, c] = await ids(service)
    const between = `chg_${(Number.parseInt(c!.slice(4), 36) + 1).toString(36).padStart(11, '0')}`
    expect(await ids(service, `?before_id=${between}`)).toEqual([d])
    expect(await modelsIn(service, `?after_id=${between}`)).toBe('cba')
  })

  test('that the history does not reach back to, is told so, and where to go on', async () => {
    const service = await synced()
    const [newest] = await ids(service)
    const answer = await ask(service, '/v1/changes?before_id=chg_00000000000')
    expect(await refused(answer)).toMatch(
      /^410 not_found_error: before_id: .*older than the history/,
    )
    const { error } = await bodyOf<ErrorBody>(answer)
    expect(error.details).toEqual({ newest_id: newest })
    expect(answer.headers.get('x-should-retry')).toBe('false')
    expect(await changes(service, '?after_id=chg_00000000000')).toEqual(nothing)
  })
})
