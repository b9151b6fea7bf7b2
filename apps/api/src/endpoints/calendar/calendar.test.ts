import type { Change, ModelInfo } from '@models-edge/core'
import * as fc from 'fast-check'
import ICAL from 'ical.js'
import { sync } from 'node-ical'
import { describe, expect, test } from 'vitest'
import { changeAt, modelOf, NOW, START, startPlus, viewOf } from '../../../test/world/snapshots.ts'
import { snapshotOf } from '../../../test/world/snapshots.ts'
import { View } from '../../memory/view.ts'
import type { Snapshot } from '../../snapshot/snapshot.ts'
import { calendarAnswer } from './calendar.ts'

const ADDRESS = 'https://models.test'
const DAY_MS = 86_400_000
const end = '2026-11-30T00:00:00Z'
const later = '2027-01-15T00:00:00Z'
const ID = 'claude-sonnet-4-5-20250929'

function sonnet(more: Partial<ModelInfo> = {}): ReturnType<typeof modelOf> {
  return modelOf(ID, { display_name: 'Claude Sonnet 4.5', lifecycle: 'deprecated', ...more })
}

function announced(at: string, from: string | null, to: string | null): Change {
  const change = from === null ? 'deprecated' : 'retirement_rescheduled'
  return changeAt(Date.parse(at), ID, { change, at, retires_at: { from, to } })
}

async function textOf(parts: Partial<Snapshot>, query = '', address?: string): Promise<string> {
  return (await calendarAnswer(viewOf(parts), new URLSearchParams(query), address)).body
}

/** What a calendar understands of an event. */
interface Understood {
  readonly uid: string
  readonly day: string
  readonly until: string
  readonly isDate: boolean
  readonly summary: string
  readonly description: string
  readonly status: unknown
  readonly sequence: unknown
  readonly alarms: readonly string[]
}

function understood(text: string): readonly Understood[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as string)
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component)
    const alarms = component.getAllSubcomponents('valarm')
    return {
      uid: event.uid,
      day: event.startDate.toString(),
      until: event.endDate.toString(),
      isDate: event.startDate.isDate,
      summary: event.summary,
      description: event.description,
      status: component.getFirstPropertyValue('status'),
      sequence: event.sequence,
      alarms: alarms.map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
    }
  })
}

const first = { models: [sonnet({ retires_at: end })], changes: [announced(START, null, end)] }

/** A change on that day. */
function onDay(number: number, change: Partial<Change>): Change {
  const at = startPlus(number * DAY_MS)
  return changeAt(Date.parse(at), ID, { at, ...change })
}

describe('an end', () => {
  test('is a whole day, with alarms 30 and 7 days before, as two parsers understand it', async () => {
    const text = await textOf(first, '', ADDRESS)
    expect(understood(text)).toEqual([
      {
        uid: expect.stringMatching(/^[0-9a-f]{16}\.retirement@models-edge$/) as string,
        day: '2026-11-30',
        until: '2026-12-01',
        isDate: true,
        summary: 'Claude Sonnet 4.5 retires',
        description: ID,
        status: 'CONFIRMED',
        sequence: (Date.parse(START) - Date.UTC(2020, 0)) / 1000,
        alarms: ['-P30D', '-P7D'],
      },
    ])
    const event = Object.values(sync.parseICS(text)).find((part) => part?.type === 'VEVENT')
    expect(event).toMatchObject({
      summary: 'Claude Sonnet 4.5 retires',
      datetype: 'date',
      status: 'CONFIRMED',
      url: `${ADDRESS}/models/${ID}`,
      transparency: 'TRANSPARENT',
    })
    expect(text).toContain('\r\nDTSTAMP:20261120T120000Z\r\nLAST-MODIFIED:20261120T120000Z\r\n')
    expect(text).not.toMatch(/TZID|VTIMEZONE/)
  })

  test('that moves is the same event on another day, with a higher sequence', async () => {
    const moved = {
      models: [sonnet({ retires_at: later })],
      changes: [announced(startPlus(DAY_MS), end, later), ...first.changes],
    }
    const [before] = understood(await textOf(first))
    const [after] = understood(await textOf(moved))
    expect(after).toMatchObject({ uid: before?.uid, day: '2027-01-15', status: 'CONFIRMED' })
    expect(after?.sequence).toBe(Number(before?.sequence) + 86_400)
    expect(await textOf(moved)).toContain('LAST-MODIFIED:20261121T120000Z')
  })

  const back: Partial<Change> = { change: 'changed', fields: ['lifecycle'] }

  test.each<[string, Partial<ModelInfo>, Partial<Change>]>([
    ['has no date any more', {}, {}],
    ['is active again', { lifecycle: 'active', retires_at: end }, {}],
    ['is active again, and nothing else', { lifecycle: 'active', retires_at: end }, back],
  ])('of a model that %s is cancelled', async (_, more, change) => {
    const { retires_at, ...event } = announced(startPlus(DAY_MS), end, null)
    const taken = { ...event, ...(change.fields ? change : { retires_at }) } as Change
    const withdrawn = { models: [sonnet(more)], changes: [taken, ...first.changes] }
    const [before] = understood(await textOf(first))
    const [after] = understood(await textOf(withdrawn))
    const { day, uid } = before!
    expect(after).toMatchObject({ uid, day, status: 'CANCELLED', alarms: [] })
    expect(after?.sequence).toBe(Number(before?.sequence) + 86_400)
  })

  test('that has come, and of a model that is listed no longer, stays where it is', async () => {
    const [before] = understood(await textOf(first))
    const turned = changeAt(Date.parse(later), ID, {
      change: 'retired',
      at: later,
      retires_at: { from: end, to: end },
    })
    const changes = [turned, ...first.changes]
    const retired = sonnet({ lifecycle: 'retired', retires_at: end })
    const past_names = [{ name: ID, id: ID, since: START, json: retired.json }]
    for (const parts of [{ models: [retired] }, { past_names }]) {
      expect(understood(await textOf({ ...parts, changes }))).toEqual([before])
    }
  })

  test('is told when it is announced, taken back and announced once more, each time as news', async () => {
    const kept = { from: end, to: end }
    const story: readonly (readonly [Partial<ModelInfo>, Change])[] = [
      [
        { lifecycle: 'active' },
        onDay(1, { change: 'retirement_rescheduled', retires_at: { from: null, to: end } }),
      ],
      [{}, onDay(2, { change: 'deprecated', retires_at: kept })],
      [{ lifecycle: 'active' }, onDay(3, { change: 'changed', fields: ['lifecycle'] })],
      [{}, onDay(4, { change: 'deprecated', retires_at: kept })],
      [
        { lifecycle: 'retired', retires_at: null },
        onDay(5, { change: 'retired', retires_at: { from: end, to: null } }),
      ],
    ]
    const changes: Change[] = []
    const told = []
    for (const [model, change] of story) {
      changes.unshift(change)
      told.push(
        ...understood(await textOf({ models: [sonnet({ retires_at: end, ...model })], changes })),
      )
    }
    expect(told.map(({ status }) => status)).toEqual([
      'CONFIRMED',
      'CANCELLED',
      'CONFIRMED',
      'CONFIRMED',
    ])
    const [begun, taken, again, past] = told.map(({ sequence }) => Number(sequence))
    expect([taken, again]).toEqual([Number(begun) + 86_400, Number(begun) + 2 * 86_400])
    expect(past).toBe(again)
  })

  test('that came on another day than was announced is news', async () => {
    const came = { change: 'retired', retires_at: { from: end, to: later } }
    const models = [sonnet({ lifecycle: 'retired', retires_at: later })]
    const [event] = understood(
      await textOf({ models, changes: [onDay(1, came), ...first.changes] }),
    )
    const [before] = understood(await textOf(first))
    expect(event).toMatchObject({ day: '2027-01-15', sequence: Number(before?.sequence) + 86_400 })
  })

  test.each<[string, number, readonly Partial<Change>[]]>([
    ['something else changes', 0, [{ change: 'changed', fields: ['max_tokens'] }]],
    ['it is listed again', 2, [{ change: 'released' }, { change: 'removed' }]],
  ])('when %s, is set anew by so many days: %i', async (_, days, news) => {
    const changes = news.map((change, place) => onDay(news.length - place, change))
    const [before] = understood(await textOf(first))
    const [after] = understood(await textOf({ ...first, changes: [...changes, ...first.changes] }))
    expect(after).toEqual({ ...before, sequence: Number(before?.sequence) + days * 86_400 })
  })

  test('that came, of a model that is active again, is cancelled', async () => {
    const retired = onDay(0, { change: 'retired', retires_at: { from: end, to: end } })
    const [event] = understood(
      await textOf({ models: [sonnet({ lifecycle: 'active' })], changes: [retired] }),
    )
    expect(event).toMatchObject({ day: '2026-11-30', status: 'CANCELLED' })
  })

  test('has the highest number that there is, where its own would be higher', async () => {
    const changes = [
      onDay(1_000_000, { change: 'deprecated', retires_at: { from: null, to: end } }),
    ]
    expect(await textOf({ ...first, changes })).toContain('\r\nSEQUENCE:2147483647\r\n')
  })

  test('in the last year that can be written is still a day', async () => {
    const text = await textOf({ models: [sonnet({ retires_at: '9999-12-31T00:00:00Z' })] })
    expect(text).toContain('DTSTART;VALUE=DATE:99991231\r\n')
    expect(text).not.toMatch(/DATE:\+/)
  })

  test('without a history is of the day when the model says that it was deprecated', async () => {
    const model = sonnet({ retires_at: end, deprecated_at: '2026-09-30T00:00:00Z' })
    for (const change of [{}, { change: 'changed', fields: ['lifecycle'] }]) {
      const text = await textOf({ models: [model], changes: [onDay(-90, change)] })
      expect(text).toContain('LAST-MODIFIED:20260930T000000Z')
    }
    const undated = [onDay(-1, { change: 'deprecated' }), onDay(-2, { change: 'retired', at: '?' })]
    for (const change of undated) {
      expect(understood(await textOf({ models: [model], changes: [change] }))).toHaveLength(1)
    }
    const old = sonnet({ retires_at: end, created_at: '1990-01-01T00:00:00Z' })
    expect(await textOf({ models: [old] })).toContain('SEQUENCE:0\r\n')
  })

  test.each<[unknown, unknown]>([
    ['deprecated', 'soon'],
    ['deprecated', '1970-01-01T00:00:00Z'],
    ['deprecated', null],
    ['retired', null],
    [7, end],
  ])('of a model that is %j, on %j, is none', async (lifecycle, retires_at) => {
    const models = [sonnet({ lifecycle, retires_at } as Partial<ModelInfo>)]
    expect(understood(await textOf({ models }))).toEqual([])
  })
})

describe('the calendar', () => {
  const models = [
    sonnet({ retires_at: end }),
    modelOf('late', { lifecycle: 'retired', retires_at: later }),
    modelOf('early', { lifecycle: 'retired', retires_at: '2026-01-01T00:00:00Z' }),
    modelOf('active', { retires_at: later }),
  ]
  const aliases = [{ alias: 'alias', id: 'late' }]
  const past_names = [{ name: 'past', id: 'early', since: START }]
  const parts = { models, aliases, past_names }

  test.each([
    ['', ['early', ID, 'late']],
    ['model=late', ['late']],
    ['model=alias', ['late']],
    ['model=past', ['early']],
    ['model=active', []],
  ])('has every end, or a model’s own: %s', async (query, ids) => {
    const events = understood(await textOf(parts, query))
    expect(events.map(({ description }) => description)).toEqual(ids)
  })

  test.each<[string, number | string]>([
    ['model=nobody', 404],
    [`model=${'x'.repeat(256)}`, 404],
    ['model=', 'model: Input should have 1 to 256 characters'],
    [`model=${'x'.repeat(257)}`, 'model: Input should have 1 to 256 characters'],
    ['model=late&model=late', 'model: Input should be given only once'],
  ])('of %.20s is none', async (query, expected) => {
    const answer = calendarAnswer(viewOf(parts), new URLSearchParams(query), undefined)
    if (typeof expected === 'number') expect((await answer).status).toBe(expected)
    else await expect(answer).rejects.toThrow(expected)
  })

  test('says how often to ask, and where it has no address', async () => {
    const [text, own] = [await textOf(parts), await textOf(parts, '', ADDRESS)]
    const about = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//models-edge//Retirements//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME:Claude retirements',
      'X-WR-CALNAME:Claude retirements',
      '',
    ]
    for (const each of [text, own]) {
      expect(each).toContain(about.join('\r\n'))
      expect(each).toContain('ACTION:DISPLAY\r\nTRIGGER:-P7D\r\n')
      expect(each).toContain('\r\nDESCRIPTION:Claude Sonnet 4.5 retires in 7 days\r\n')
      expect(each).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n')
    }
    expect(text).toContain('does not know its own address')
    expect(own).not.toContain('does not know its own address')
    expect(text).not.toContain('URL:')
  })

  test('is another one when an end is set otherwise, and with nothing else', async () => {
    const seen = [
      {},
      { synced_at: startPlus(9 * DAY_MS), revision: 9 },
      { models: models.slice(1) },
    ]
    const texts = await Promise.all(seen.map((more) => textOf({ ...parts, ...more })))
    expect(texts[1]).toBe(texts[0])
    expect(texts[2]).not.toBe(texts[0])
  })

  test('has nothing of what is hidden', async () => {
    const shown = { ...parts, models: models.filter(({ id }) => id !== ID) }
    const history = { changes: [announced(START, null, end)] }
    const view = new View(snapshotOf({ ...parts, ...history }), (name) => name === ID, NOW)
    const { body } = await calendarAnswer(view, new URLSearchParams(), undefined)
    expect(body).toBe(await textOf(shown))
  })
})

test('any name and any date comes through', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 80, size: 'max' })
  const hostile = fc.constantFrom('\r\nEND:VCALENDAR', 'a;b,c\\n', '\\', '€'.repeat(60), '\n', ':"')
  const date = fc.date({
    min: new Date('1971-01-01'),
    max: new Date('9998-01-01'),
    noInvalidDate: true,
  })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(text, hostile),
      fc.oneof(text, hostile),
      date,
      async (id, name, day) => {
        const more = { display_name: name, lifecycle: 'retired', retires_at: day.toISOString() }
        const model = modelOf(id, more)
        const [event, ...others] = understood(await textOf({ models: [model] }, '', ADDRESS))
        expect(others).toEqual([])
        expect(event?.day).toBe(day.toISOString().slice(0, 10))
        const held = model.id
          .replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, '\n')
          .replace(/[^\P{Cc}\t\n\x80-\x9f]/gu, '')
        expect(event?.description).toBe(held)
      },
    ),
  )
})
