import { describe, expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { changeAt, viewOf } from '../../test/world/snapshots.ts'
import { changeId } from '../snapshot/cursor.ts'
import { changesPage } from './changes.ts'

const changes = [
  changeAt(40, 'd', { at: '2026-11-20T12:00:00.000Z' }),
  changeAt(30, 'c', { at: '2026-11-20T11:00:00.000Z' }),
  changeAt(20, 'b', { at: 'soon', seeded: true }),
  changeAt(16, 'a', { at: '2026-11-20T12:00:00.000Z' }),
]
const view = viewOf({ complete_from: 15, changes })

/** The models of a page of changes, newest first, and its links. */
async function page(query: string, of = view): Promise<readonly [string, string | null]> {
  const answer = changesPage(of, new URLSearchParams(query))
  const { data } = bodyOf(answer) as { readonly data: readonly { readonly model_id: string }[] }
  return [data.map(({ model_id }) => model_id).join(''), answer.headers.get('link')]
}

test('the changes come newest first, and whole', async () => {
  expect(bodyOf(changesPage(view, new URLSearchParams()))).toMatchObject({ data: changes })
})

describe('since a time', () => {
  test.each([
    ['2026-11-20T11:00:00Z', 'dcba'],
    ['2026-11-20T11:00:00.001Z', 'dba'], // of "soon", nobody knows
    ['2026-11-20T13:00:00%2B01:00', 'dba'],
    ['2026-11-20 13:00:00+01:00', 'dba'], // a plus sign that was not encoded is a space
    ['2026-11-20t12:00:00.001z', 'b'],
  ])('%s there are those of then or later: %s', async (since, shown) => {
    expect(await page(`since=${since}`)).toEqual([shown, null])
  })

  test.each([
    ['limit=1', 'limit=1'],
    ['since=2026-11-20T12:00:00+01:00&limit=1', 'limit=1&since=2026-11-20T12%3A00%3A00%2B01%3A00'],
  ])('a link has what was asked for: %s', async (query, kept) => {
    const link = `</v1/changes?${kept}&after_id=${changeId(40)}>; rel="next"`
    expect(await page(query)).toEqual(['d', link])
  })

  test.each([
    '2026-11-20',
    '2026-11-20T12:00:00',
    '2026-11-20T12:00:00%2B0100',
    '2026-11-20T25:00:00Z',
    '2026-02-29T12:00:00Z',
    ' 2026-11-20T12:00:00Z',
    '2026-11-20T12:00:00Z ',
    '2026-11-20T12:00:00Z&since=2026-11-20T12:00:00Z',
  ])('%j is none', async (since) => {
    const message = expect.stringMatching(/^since: Input should be (given only once|a valid RFC)/)
    await expect(page(`since=${since}`)).rejects.toMatchObject({ status: 400, message })
  })
})

describe('behind a cursor', () => {
  test.each([
    ['before_id', 30, 'd'],
    ['before_id', 25, 'dc'], // in between
    ['before_id', 99, ''],
    ['before_id', 15, 'dcba'],
    ['after_id', 40, 'cba'],
    ['after_id', 25, 'ba'],
    ['after_id', 14, ''],
  ])('%s=%i there is what lies there: %j', async (name, position, shown) => {
    expect((await page(`${name}=${changeId(position)}`))[0]).toBe(shown)
  })

  test.each([
    [changes, changeId(40)],
    [[], null],
  ])('that is older than the history something would be missing (%#)', async (known, newest_id) => {
    const of = viewOf({ complete_from: 15, changes: known })
    await expect(page(`before_id=${changeId(14)}`, of)).rejects.toMatchObject({
      name: 'ClientError',
      status: 410,
      details: { newest_id },
      shared: of.headers,
    })
  })

  test.each([
    ['after_id', changeId(41), view], // another place may know what lies between
    ['after_id', changeId(1), viewOf()],
    ['before_id', 'claude-a', view],
  ])('%s=%s there is nothing', async (name, cursor, of) => {
    const message = `Invalid pagination cursor for '${name}'`
    await expect(page(`${name}=${cursor}`, of)).rejects.toMatchObject({ status: 400, message })
  })
})
