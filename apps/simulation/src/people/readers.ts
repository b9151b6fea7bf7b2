import { Random } from '../random.ts'
import type { World } from '../world.ts'
import type { Client } from './client.ts'

const MINUTE = 60_000

/** What those are asked for who read feeds and calendars. */
export const FEED = '/changes.atom'
const CALENDAR = '/retirements.ics'

/** Reads the feed and the calendar, always at one place, as readers and calendars do: again and again. */
export function startReader(world: World, client: Client, number: number): void {
  const random = new Random(world.seed, 'reader', number)
  const reader = `reader ${number}`
  const everyMs = random.pick([15, 60, 240]) * MINUTE
  const place = random.pick(world.places)
  void read()

  async function read(): Promise<void> {
    for (;;) {
      await world.wait(random.between(0.5, 1.5) * everyMs)
      for (const target of [FEED, CALENDAR]) {
        const wire = await client.fetch({ place, target })
        if (wire?.status !== 200) continue
        const syncedAt = wire.headers.get('x-synced-at') ?? ''
        world.witness.see({ kind: 'read', reader, target, syncedAt, text: wire.text })
      }
    }
  }
}
