import type { Change } from '@models-edge/core'
import * as fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { parseAtomFeed, parseJsonFeed } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { changeAt, modelOf, NOW, START, startPlus, viewOf } from '../../../test/world/snapshots.ts'
import { View } from '../../memory/view.ts'
import { snapshotOf } from '../../../test/world/snapshots.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { atomAnswer } from './atom.ts'
import { jsonFeedAnswer } from './json-feed.ts'

const ADDRESS = 'https://models.test/path'
const end = '2026-11-30T00:00:00Z'
const sonnet = modelOf('claude-sonnet-4-5-20250929', { display_name: 'Claude Sonnet 4.5' })

/** What a feed tells of one change of that model. */
async function titleOf(more: Partial<Change>): Promise<unknown> {
  const view = viewOf({ models: [sonnet], changes: [changeAt(1, sonnet.id, more)] })
  const { entries } = parseAtomFeed((await atomAnswer(view, ADDRESS)).body)
  const { items } = parseJsonFeed((await jsonFeedAnswer(view, ADDRESS)).body)
  const title = entries?.[0]?.title
  expect([entries?.length, items?.length, items?.[0]?.title]).toEqual([
    1,
    1,
    typeof title === 'object' ? title.value : title,
  ])
  return items?.[0]?.title
}

function dates(from: string | null, to: string | null): Pick<Change, 'retires_at'> {
  return { retires_at: { from, to } }
}

describe('what happened, in words', () => {
  test.each<[string, Partial<Change>]>([
    ['was released', {}],
    [
      'retires on 30 November 2026: 60 days left',
      { change: 'deprecated', at: '2026-10-01T00:00:00Z', ...dates(null, end) },
    ],
    [
      'retires on 30 November 2026: 1 day left',
      { change: 'deprecated', at: '2026-11-29T12:00:00Z', ...dates(null, end) },
    ],
    ['was to retire on 30 November 2026', { change: 'deprecated', at: end, ...dates(null, end) }],
    ['is deprecated', { change: 'deprecated', ...dates(null, null) }],
    ['is retired', { change: 'retired', ...dates(end, end) }],
    [
      'retires on 30 November 2026 instead of 1 January 2027: 10 days left',
      { change: 'retirement_rescheduled', ...dates('2027-01-01T00:00:00Z', end) },
    ],
    [
      'retires on 30 November 2026: 10 days left',
      { change: 'retirement_rescheduled', ...dates(null, end) },
    ],
    ['has no retirement date any more', { change: 'retirement_rescheduled', ...dates(end, null) }],
    ['is no longer listed', { change: 'removed' }],
    ['changed: line, max_tokens', { change: 'changed', fields: ['line', 'max_tokens'] }],
    ['changed: ', { change: 'unheard_of' }],
  ])('Claude Sonnet 4.5 %s', async (words, more) => {
    expect(await titleOf(more)).toBe(`Claude Sonnet 4.5 ${words}`.trim())
  })

  test.each<[string, Partial<Change>]>([
    ['x stands for Claude Sonnet 4.5 now', { change: 'alias_moved' }],
    ['x stands for nothing any more: it stood for Claude Sonnet 4.5', { change: 'alias_ended' }],
  ])('%s', async (words, more) => {
    expect(await titleOf({ alias: 'x', ...more })).toBe(words)
  })
})

const many = Array.from({ length: 130 }, (_, place) =>
  changeAt(1000 - place, sonnet.id, { at: startPlus(-place * 60_000) }),
)

async function idOf(position: number, more: Partial<Change>): Promise<unknown> {
  const view = viewOf({ models: [sonnet], changes: [changeAt(position, sonnet.id, more)] })
  return parseAtomFeed((await atomAnswer(view, undefined)).body).entries?.[0]?.id
}

describe('a feed', () => {
  test('has the newest hundred changes, newest first, each with a page to go to', async () => {
    const view = viewOf({ models: [sonnet], changes: many })
    const atom = parseAtomFeed((await atomAnswer(view, ADDRESS)).body)
    const json = parseJsonFeed((await jsonFeedAnswer(view, ADDRESS)).body)
    const times = many.slice(0, 100).map(({ at }) => at)
    expect(atom.entries?.map(({ updated }) => updated)).toEqual(times)
    expect(json.items?.map(({ date_published }) => date_published)).toEqual(times)
    expect(atom.updated).toBe(START)
    expect(new Set(atom.entries?.map(({ id }) => id)).size).toBe(100)
    expect(json.items?.map(({ id }) => id)).toEqual(atom.entries?.map(({ id }) => id))
    expect(atom.entries?.[0]?.id).toMatch(
      /^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/,
    )
    const page = `${ADDRESS}/models/${sonnet.id}`
    expect(atom.entries?.[0]?.links?.[0]).toMatchObject({ href: page, rel: 'alternate' })
    expect(json.items?.[0]?.url).toBe(page)
    expect(atom.id).toBe(`${ADDRESS}/changes.atom`)
    const title = 'Changes of the Claude models'
    const description =
      'Releases, deprecations, retirements and what else happens to Claude models.'
    const authors = [{ name: 'models-edge' }]
    const urls = { home_page_url: `${ADDRESS}/`, feed_url: `${ADDRESS}/changes.json` }
    expect(json).toMatchObject({ title, description, language: 'en', authors, ...urls })
    const { body } = await atomAnswer(view, ADDRESS)
    expect(body).toContain(`<title>${title}</title>\n<subtitle>${description}</subtitle>\n`)
    expect(body).not.toMatch(/<\/entry>\s*[^\s<]/)
  })

  test('calls a model that nobody knows any more by its id', async () => {
    const view = viewOf({ changes: [changeAt(1, 'nobody')] })
    expect(parseJsonFeed((await jsonFeedAnswer(view, ADDRESS)).body).items).toMatchObject([
      { title: 'nobody was released' },
    ])
  })

  test('says where there is no address, and names none', async () => {
    const view = viewOf({ models: [sonnet], changes: many })
    const [atom, json] = [await atomAnswer(view, undefined), await jsonFeedAnswer(view, undefined)]
    const links = Array.from(atom.body.matchAll(/href="([^"]+)"/g), ([, href]) => href)
    expect(new Set(links)).toEqual(new Set(['/changes.atom', '/', `/models/${sonnet.id}`]))
    for (const { body } of [atom, json]) expect(body).toContain('does not know its own address')
    expect(parseAtomFeed(atom.body).id).toMatch(/^urn:uuid:/)
    const { items, ...about } = parseJsonFeed(json.body)
    expect([about.home_page_url, about.feed_url]).toEqual([undefined, undefined])
    expect(items?.map(({ url }) => url).filter(Boolean)).toEqual([])
  })

  test('without a change is one', async () => {
    expect(parseAtomFeed((await atomAnswer(viewOf(), ADDRESS)).body).updated).toMatch(/^1970/)
    expect(JSON.parse((await jsonFeedAnswer(viewOf(), ADDRESS)).body)).toMatchObject({ items: [] })
  })

  test('is another one when something has happened, and with nothing else', async () => {
    const tags = [
      { changes: many },
      { changes: many, synced_at: startPlus(86_400_000), revision: 99 },
      { changes: [changeAt(2000, sonnet.id, { at: startPlus(1) }), ...many] },
    ].map(async (parts) => {
      const view = viewOf({ models: [sonnet], ...parts })
      const answers = [await atomAnswer(view, ADDRESS), await jsonFeedAnswer(view, ADDRESS)]
      return answers.map(({ headers }) => headers.get('etag'))
    })
    const [first, again, other] = await Promise.all(tags)
    expect(again).toEqual(first)
    for (const place of [0, 1]) expect(other?.[place]).not.toBe(first?.[place])
  })

  test('gives a change its id for good: by itself, and what was told by dates by those', async () => {
    expect(await idOf(1, { seeded: true })).toBe(await idOf(2, { seeded: true }))
    const [one, other] = [await idOf(1, {}), await idOf(2, {})].map((id) => String(id).split('-'))
    // Both halves of its digits are its own.
    expect([one?.[0] === other?.[0], one?.[4] === other?.[4]]).toEqual([false, false])
    expect(await idOf(1, { seeded: true })).not.toBe(await idOf(1, { seeded: true, at: end }))
  })

  test('has nothing of what is hidden', async () => {
    const secret = modelOf('secret')
    const moved = { alias: 'x', stands_for: { from: 'secret', to: sonnet.id } }
    const parts: Partial<Snapshot> = {
      models: [secret, sonnet],
      changes: [changeAt(3, 'secret'), changeAt(2, sonnet.id, moved), changeAt(1, sonnet.id)],
    }
    const view = new View(snapshotOf(parts), (name) => name === 'secret', NOW)
    const without = viewOf({ models: [sonnet], changes: [changeAt(1, sonnet.id)] })
    for (const answer of [atomAnswer, jsonFeedAnswer]) {
      expect((await answer(view, ADDRESS)).body).toBe((await answer(without, ADDRESS)).body)
    }
  })
})

test('any text comes through, as far as its format can hold it', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60, size: 'max' })
  const hostile = fc.oneof(
    text,
    fc.constantFrom(']]>', '<b>&amp;', '\ud800', '\uffff', '\r\n\t', '"\''),
  )
  await fc.assert(
    fc.asyncProperty(hostile, hostile, async (id, name) => {
      const model = modelOf(id, { display_name: name })
      const view = viewOf({ models: [model], changes: [changeAt(1, model.id)] })
      const { body } = await atomAnswer(view, ADDRESS)
      expect(XMLValidator.validate(body)).toBe(true)
      const { feed } = new XMLParser({
        trimValues: false,
        parseTagValue: false,
        processEntities: true,
        ignoreAttributes: false,
      }).parse(body) as {
        feed: { entry: { title: string; link: { '@_href': string } } }
      }
      const { items } = JSON.parse((await jsonFeedAnswer(view, ADDRESS)).body) as {
        items: { title: string; url: string }[]
      }
      expect(feed.entry.link['@_href']).toBe(items[0]?.url)
      expect(decodeURIComponent(items[0]?.url.split('/').at(-1) ?? '')).toBe(id.toWellFormed())
      const held = items[0]?.title
        .replace(/[\r\n\t]/g, ' ')
        .replace(/\p{Cc}|[\ufffe\uffff]/gu, (one) => (one < ' ' || one > '\x9f' ? '\ufffd' : one))
      expect(feed.entry.title).toBe(held)
    }),
  )
})
