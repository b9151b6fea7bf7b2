import { ApiError, listModels, withRetries } from '@models-edge/core'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import { valueOf } from '../invariants/value.ts'
import { isHiddenByDefault } from '../upstream/year.ts'
import { BASE, type Client } from './client.ts'

const MINUTE = 60_000

/** What a reader can be behind by, with caches in between that show what is old. */
const BEHIND_MS = 45 * MINUTE

/** Walks all pages as an SDK does, and takes its time: what is there all the while is met once. */
export function startWalker(world: World, client: Client, number: number): void {
  const { scheduler, truth, weather } = world
  const random = new Random(world.seed, 'walker', number)
  const sleep = (ms: number): Promise<void> => world.wait(ms)
  const everyMs = random.pick([10, 60]) * MINUTE
  void walk()

  async function walk(): Promise<void> {
    for (;;) {
      await world.wait(random.wait(everyMs))
      const place = random.pick(world.places)
      const began = scheduler.now
      const send = withRetries(
        async ({ url }) => {
          const wire = await client.fetch({ place, target: url.slice(BASE.length) })
          if (!wire) throw new TypeError('the connection was lost')
          return new Response(wire.text, { status: wire.status, headers: wire.headers })
        },
        { sleep, random: () => random.next() },
      )
      const met: string[] = []
      try {
        const params = { limit: random.whole(2, 9) }
        for await (const { id } of listModels(send, params, { baseURL: BASE })) {
          met.push(id)
          if (random.chance(0.2)) await world.wait(random.between(0, MINUTE))
        }
        check(place.index, began, met)
      } catch (error) {
        // A cursor that is gone is told; so is a list that changed its order under the reader.
        if (!(error instanceof ApiError)) continue
        world.tell(`walker ${number} meets ${error.status}: ${error.message}`)
      }
    }
  }

  function check(place: number, began: number, met: readonly string[]): void {
    const since = began - BEHIND_MS
    const clear = weather.clearSince(place)
    if (since < world.plan.start || clear === undefined || clear > since) return
    const versions = truth.versions.slice(truth.indexAt(since), truth.indexAt(scheduler.now) + 1)
    // An order that changes moves what has not been met yet to where the reader has been.
    if (versions.some(({ why }) => why.includes('list begins'))) return
    const [first] = versions
    const lasting = [...(first?.models ?? [])].filter(
      ([id, json]) =>
        !isHiddenByDefault(id) &&
        !json.includes('"retired"') &&
        versions.every(({ models }) => valueOf(models.get(id) ?? 'null') === valueOf(json)),
    )
    const missed = lasting.find(([id]) => !met.includes(id))
    if (missed) world.violate('a walk misses nothing', `walker ${number} has not met ${missed[0]}`)
  }
}
