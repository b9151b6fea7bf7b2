import { describe, expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { changeAt, viewOf } from '../../test/world/snapshots.ts'
import type { View } from '../memory/view.ts'
import { changeId } from '../snapshot/cursor.ts'
import { changesPage } from './changes.ts'

const view = viewOf({
  complete_from: 15,
  changes: [
    changeAt(40, 'd', { at: '2026-11-20T12:00:00.000Z' }),
    changeAt(30, 'c', { at: '2026-11-20T11:00:00.000Z' }),
    changeAt(20, 'b', { at: 'soon', seeded: true }),
    changeAt(16, 'a', { at: '2026-11-20T12:00:00.000Z' }),
  ],
})

/** The models of a page of changes, and its links. */
async function page(
  query: Readonly<Record<string, string>> | string,
  of: View = view,
): Promise<readonly [string, string | null]> {
  const answer = await changesPage(of, new URLSearchParams(query))
  const { data } = bodyOf(answer) as { readonly data: readonly { readonly model_id: string }[] }
  return [data.map(({ model_id }) => model_id).join(''), answer.headers.get('link')]
}

async function failure(query: string, of: View = view): Promise<unknown> {
  return page(query, of).then(
    () => 'none',
    (error: unknown) => error,
  )
}

test('the changes come newest first, and whole', async () => {
  const { data } = bodyOf(await changesPage(view, new URLSearchParams('limit=1'))) as {
    readonly data: readonly unknown[]
  }
  expect(data).toEqual([changeAt(40, 'd', { at: '2026-11-20T12:00:00.000Z' })])
  expect(await page({})).toEqual(['dcba', null])
})

describe('since a time', () => {
  test.each([
    ['2026-11-20T11:00:00Z', 'dcba'],
    ['2026-11-20T11:00:00.001Z', 'dba'],
    ['2026-11-20T12:00:00Z', 'dba'],
    ['2026-11-20T13:00:00+01:00', 'dba'],
    ['2026-11-20T13:00:00 01:00', 'dba'],
    ['2026-11-20 12:00:00Z', 'dba'],
    ['2026-11-20t12:00:00z', 'dba'],
    ['2026-11-20T12:00:00.001Z', 'b'],
  ])(
    '%s there are those of that time or later, and those whose time nobody knows: %s',
    async (...row) => {
      const [since, shown] = row
      expect((await page({ since }))[0]).toBe(shown)
    },
  )

  test('the links keep it', async () => {
    const since = '2026-11-20T12:00:00+01:00'
    expect(await page({ since, limit: '1' })).toEqual([
      'd',
      `</v1/changes?limit=1&since=2026-11-20T12%3A00%3A00%2B01%3A00&after_id=${changeId(40)}>; rel="next"`,
    ])
  })

  test.each([
    '',
    'yesterday',
    '2026-11-20',
    '2026-11-20T12:00Z',
    '2026-11-20T12:00:00',
    '2026-11-20T12:00:00+0100',
    '2026-11-20T25:00:00Z',
    '2026-13-20T12:00:00Z',
    '20261120T120000Z',
    '1795176000',
    ' 2026-11-20T12:00:00Z',
  ])('%j is none', async (since) => {
    expect(await failure(`since=${encodeURIComponent(since)}`)).toMatchObject({
      name: 'ClientError',
      status: 400,
      message: 'since: Input should be a valid RFC 3339 date and time, with its offset',
    })
  })

  test('it is given once', async () => {
    const since = 'since=2026-11-20T12:00:00Z'
    expect(await failure(`${since}&${since}`)).toMatchObject({
      status: 400,
      message: 'since: Input should be given only once',
    })
  })
})

describe('behind a cursor', () => {
  test.each([
    [30, 'd'],
    [25, 'dc'],
    [40, ''],
    [99, ''],
    [16, 'dcb'],
    [15, 'dcba'],
  ])(
    'at %i there is what came later, whether its own change is known or not: %j',
    async (...row) => {
      const [place, shown] = row
      expect((await page({ before_id: changeId(place) }))[0]).toBe(shown)
    },
  )

  test('that is older than the history something would be missing, and is said to be', async () => {
    expect(await failure(`before_id=${changeId(14)}`)).toMatchObject({
      name: 'ClientError',
      status: 410,
      message: expect.stringMatching(/^before_id: This cursor is older than the history/) as string,
      details: { newest_id: changeId(40) },
      headers: view.headers,
    })
    const empty = viewOf({ complete_from: 15 })
    expect(await failure(`before_id=${changeId(14)}`, empty)).toMatchObject({
      status: 410,
      details: { newest_id: null },
    })
  })

  test('that is older than the history, who looks back finds nothing, and is not told of it', async () => {
    expect((await page({ after_id: changeId(14) }))[0]).toBe('')
  })

  test('that never was one there is nothing', async () => {
    for (const name of ['before_id', 'after_id']) {
      expect(await failure(`${name}=claude-a`)).toMatchObject({
        name: 'ClientError',
        status: 400,
        message: `Invalid pagination cursor for '${name}'`,
      })
    }
  })
})
