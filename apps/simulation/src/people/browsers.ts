import type { Wire } from '../places/edge-cache.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import { WHOLE_LIST } from './callers.ts'
import type { Client } from './client.ts'

const MINUTE = 60_000

/** Keeps what it got, and asks whether there is anything else: by the tag, or by the date alone. */
export function startBrowser(world: World, client: Client, number: number): void {
  const random = new Random(world.seed, 'browser', number)
  const place = random.pick(world.places)
  const everyMs = random.pick([3, 10, 40]) * MINUTE
  const byTag = random.chance(0.5)
  const target = random.pick([WHOLE_LIST, '/v1/changes', '/v1/models'])
  let kept: Wire | undefined
  void visit()

  async function visit(): Promise<void> {
    for (;;) {
      await world.wait(random.wait(everyMs))
      const headers = kept && validators(kept)
      const wire = await client.direct(place, target, headers)
      // Asked at once of the same isolates, and without conditions: most often the same one answers.
      const whole = await client.direct(place, target)
      if (wire?.status === 304 && whole?.status === 200 && kept) check(kept, wire, whole)
      if (wire?.status === 200) kept = wire
    }
  }

  function validators({ headers }: Wire): Readonly<Record<string, string>> {
    if (byTag) return { 'if-none-match': headers.get('etag') ?? '' }
    return { 'if-modified-since': headers.get('last-modified') ?? '' }
  }

  /** What is kept is what would have come, or something later. */
  function check(mine: Wire, wire: Wire, whole: Wire): void {
    const isSame = (name: string): boolean => wire.headers.get(name) === whole.headers.get(name)
    if (!['etag', 'last-modified', 'x-synced-at'].every(isSame)) return
    if (mine.text === whole.text || isLater(mine, whole)) return
    const date = mine.headers.get('last-modified')
    world.violate('304 only for what is there', `${target} of ${place.index}, kept since ${date}`)
  }
}

function isLater(mine: Wire, whole: Wire): boolean {
  return lastModified(mine) > lastModified(whole)
}

function lastModified({ headers }: Wire): number {
  return Date.parse(headers.get('last-modified') ?? '')
}
