import { readLifecycle, standingOf } from '@models-edge/core'
import { aliases, models } from '@models-edge/upstream/catalogue'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { composeWorker } from './compose.ts'
import { KeeperWorld } from '../test/world/keeper-world.ts'
import { Afterwards } from '../test/world/platform.ts'

const ID = 'claude-sonnet-4-5-20250929'
const ALIAS = 'claude-sonnet-4-5'
const MINUTE = 60_000

/** The models, with that of this story as it is at a time. */
function modelsWith(life: object): readonly object[] {
  return models.map((model) => (model.id === ID ? { ...model, ...life } : model))
}

const none = { lifecycle: 'active', deprecated_at: null, retires_at: null }
const dates = { deprecated_at: '2026-09-30T00:00:00Z', retires_at: '2026-11-30T00:00:00Z' }

/** Of the page's table, what the row of the model says of its life. */
function rowOf(page: string): string | undefined {
  const row = page.split('<tr ').find((text) => text.includes(`data-copy="${ID}"`))
  return row
    ?.replace(/[^]*data-label="Lifecycle"[^>]*>/, '')
    .replace(/<\/tr>[^]*/, '')
    .replace(/<[^>]+>/g, '')
    .trim()
}

/** The service, and what people see of it. */
function serviceOf(world: KeeperWorld) {
  const worker = composeWorker(
    { CATALOG: world.kv, PUBLIC_URL: 'https://models.test' },
    world.keeper,
    world.platform,
  )
  const ask = async (path: string): Promise<string> => {
    const afterwards = new Afterwards()
    const request = new Request(`http://host${path}`)
    const response = await worker.respond(request, afterwards)
    await afterwards.ended()
    return response.text()
  }
  return {
    ask,
    /** All of it at once, in the words of each. */
    async seen(): Promise<object> {
      // Memory is renewed behind an answer.
      for (let round = 0; round < 2; round += 1) {
        await world.clock.pass(MINUTE)
        await ask('/health')
      }
      const badge = JSON.parse(await ask(`/badge/${ALIAS}.json`)) as { message: string }
      const feed = JSON.parse(await ask('/changes.json')) as { items: { title: string }[] }
      const calendar = new ICAL.Component(ICAL.parse(await ask('/retirements.ics')) as string)
      const event = calendar
        .getAllSubcomponents('vevent')
        .map((component) => new ICAL.Event(component))
        .find(({ description }) => description === ID)
      const document = await readLifecycle(new Response(await ask('/v1/lifecycle')))
      const standing = standingOf(document, ALIAS, world.clock.now())
      const answer = JSON.parse(await ask(`/v1/models/${ALIAS}`)) as {
        lifecycle?: string
        error?: { details: { was: string } }
      }
      const page = await ask(`/models/${ALIAS}`)
      return {
        answer: answer.lifecycle ?? answer.error?.details.was,
        badge: badge.message,
        feed: feed.items
          .map(({ title }) => title)
          .filter((title) => title.includes('Sonnet 4.5'))
          .slice(0, 2),
        calendar:
          event &&
          `${event.startDate.toString()} ${String(event.component.getFirstPropertyValue('status'))}`,
        name: standing.kind === 'unknown' ? 'unknown' : `${standing.kind} ${standing.status}`,
        page: /<title>(.*?)<\/title>/.exec(page)?.[1],
        table: rowOf(await ask('/')),
      }
    },
  }
}

test('the story of 30 November: from upstream into everything that tells of it', async () => {
  const world = new KeeperWorld(modelsWith(none))
  world.upstream.aliases = Object.fromEntries(aliases)
  world.clock.set('2026-09-29T12:00:00Z')
  const service = serviceOf(world)
  await world.minutes(3)
  expect(await service.seen()).toMatchObject({
    answer: 'active',
    badge: 'active',
    feed: ['Claude Sonnet 4.5 was released'],
    calendar: undefined,
    name: 'alias active',
    page: 'Claude Sonnet 4.5: active',
  })

  // It is announced.
  world.clock.set('2026-10-01T00:00:00Z')
  world.upstream.list(...modelsWith({ lifecycle: 'deprecated', ...dates }))
  await world.minutes(3)
  const deprecated = 'Claude Sonnet 4.5 retires on 30 November 2026: 60 days left'
  expect(await service.seen()).toMatchObject({
    answer: 'deprecated',
    badge: 'retires: 60 days left',
    feed: [deprecated, 'Claude Sonnet 4.5 was released'],
    calendar: '2026-11-30 CONFIRMED',
    name: 'alias deprecated',
    page: 'Claude Sonnet 4.5: retires Nov 30, 2026',
    table: 'retires Nov 30, 2026',
  })

  // Its last day has come, and upstream still answers.
  world.clock.set('2026-11-30T00:00:00Z')
  await world.minutes(3)
  expect(await service.seen()).toMatchObject({
    answer: 'deprecated',
    badge: 'overdue',
    feed: [deprecated, 'Claude Sonnet 4.5 was released'],
    calendar: '2026-11-30 CONFIRMED',
    name: 'alias overdue',
    table: 'overdue since Nov 30, 2026',
  })

  // It is gone, and its alias with it.
  world.upstream.list(...modelsWith({ lifecycle: 'retired', ...dates }))
  const { [ALIAS]: _, ...others } = world.upstream.aliases
  world.upstream.aliases = others
  await world.minutes(4)
  expect(await service.seen()).toMatchObject({
    answer: ID,
    badge: 'stands for nothing any more',
    feed: [
      'claude-sonnet-4-5 stands for nothing any more: it stood for Claude Sonnet 4.5',
      'Claude Sonnet 4.5 is retired',
    ],
    calendar: '2026-11-30 CONFIRMED',
    name: 'past_alias retired',
    page: 'Claude Sonnet 4.5: retired Nov 30, 2026',
    table: 'retired Nov 30, 2026',
  })
  // Where to go is said.
  const page = await service.ask(`/models/${ALIAS}`)
  expect(page).toContain('href="/models/claude-sonnet-5-5"')
  expect(page).toContain(`href="/compare/${ID}/claude-sonnet-5-5"`)
  const newest = JSON.parse(await service.ask('/v1/lines/sonnet')) as { id: string }
  expect(newest.id).toBe('claude-sonnet-5-5')
})
