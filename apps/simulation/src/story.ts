import type { Sight } from './witness.ts'
import type { World } from './world.ts'
import { kinds } from './weather/kinds.ts'
import type { FaultKind } from './weather/fault.ts'

/** Tells in words what happens in a world. */
export function tellOf(world: World): void {
  world.witness.add({
    see(sight) {
      const words = wordsOf(sight)
      if (words !== undefined) world.tell(words)
    },
  })
  for (const kind of Object.keys(kinds) as FaultKind[]) {
    world.weather.on(kind, ({ places, strength, until }, begins) => {
      const where = places ? ` (places ${places.join(', ')})` : ''
      const end = begins && until > world.scheduler.now ? `, until ${timeOf(until)}` : ''
      const how = begins ? ` with ${strength.toFixed(2)}` : ' ends'
      world.tell(`WEATHER: ${kind}${how}: ${kinds[kind].words}${where}${end}`)
    })
  }
  for (const { from, why } of world.truth.versions.slice(1)) {
    world.scheduler.at(from, () => world.tell(`UPSTREAM: ${why}`))
  }
}

export function timeOf(at: number): string {
  return new Date(at).toISOString().slice(5, 23).replace('T', ' ')
}

function wordsOf(sight: Sight): string | undefined {
  switch (sight.kind) {
    case 'answer': {
      const { isolate, target, wire } = sight
      const synced = wire?.headers.get('x-synced-at') ?? 'no time'
      const etag = wire?.headers.get('etag')?.slice(1, 7) ?? 'no tag'
      return `${isolate.name} ${target}: ${wire?.status ?? 'lost'}, ${synced}, ${etag}`
    }
    case 'put': {
      const { revision, synced_at } = JSON.parse(sight.value) as Record<string, unknown>
      return `KEEPER puts ${sight.key}, revision ${revision as number}, synced at ${synced_at as string}`
    }
    case 'call':
      return sight.isTick ? undefined : `${sight.from} calls ${sight.method}`
    case 'upstream says': {
      const { name = 'the list', said } = sight
      const what = said.what === 'list' ? `${said.models.size} models` : said.what
      return `upstream is asked for ${name}: ${said.what === 'name' ? said.id : what}`
    }
    case 'keeper dies':
      return `KEEPER dies: ${sight.why}`
    case 'log':
      return `${sight.from} logs ${JSON.stringify(sight.line)}`
    case 'followed':
      return `${sight.follower} is told ${sight.change.id}: ${sight.change.change} ${sight.change.model_id}`
    case 'too late':
      return `${sight.follower} came too late, and goes on from ${sight.cursor}`
    case 'caught up':
    case 'client':
    case 'kv read':
    case 'read':
    case 'upstream asked':
      return undefined
    default:
      return sight satisfies never
  }
}
