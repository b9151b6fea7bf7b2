import { ApiError, type Change, followChanges, withRetries } from '@models-edge/core'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import { BASE, type Client } from './client.ts'

const MINUTE = 60_000

/** Follows the history as the documentation says: each at its own pace, some of them through many places. */
export function startFollower(world: World, client: Client, number: number): void {
  const random = new Random(world.seed, 'follower', number)
  const name = `follower ${number}`
  const everyMs = random.pick([1, 5, 17, 60, 240, 720]) * MINUTE
  const roams = random.chance(0.5)
  let place = random.pick(world.places)
  let cursor: string | undefined
  const sleep = (ms: number): Promise<void> => world.wait(ms)
  const send = withRetries(
    async ({ url }) => {
      if (roams) place = random.pick(world.places)
      const wire = await client.fetch({ place, target: url.slice(BASE.length) })
      if (!wire) throw new TypeError('the connection was lost')
      return new Response(wire.text, { status: wire.status, headers: wire.headers })
    },
    { sleep, random: () => random.next() },
  )
  void follow()

  async function follow(): Promise<void> {
    for (;;) {
      await world.wait(random.between(0.5, 1.5) * everyMs)
      try {
        for await (const change of followChanges(send, { baseURL: BASE, cursor, sleep }))
          tell(change)
        world.witness.see({ kind: 'caught up', follower: name })
      } catch (error) {
        complain(error)
      }
    }
  }

  function tell(change: Change): void {
    cursor = change.id
    world.witness.see({ kind: 'followed', follower: name, change })
  }

  /** Who came too late is told where to go on from; all else passes. */
  function complain(error: unknown): void {
    if (!(error instanceof ApiError)) return
    world.tell(`${name} meets ${error.status}: ${error.message}`)
    if (error.status !== 410) return
    const { newest_id } = error.details as { readonly newest_id: string | null }
    cursor = newest_id ?? undefined
    world.witness.see({ kind: 'too late', follower: name, cursor })
  }
}
