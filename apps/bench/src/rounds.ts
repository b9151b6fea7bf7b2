import { usageOf } from './machine/usage.ts'
import { ask, content, type Contender, ours, type Said } from './contenders.ts'
import { load, type Load, type Loaded } from './load.ts'
import type { Running } from './servers/running.ts'
import type { World } from './servers/world.ts'

/** What contenders are asked for, and what they must answer. */
export interface Case extends Pick<Load, 'headers' | 'paths' | 'status'> {
  /** Whether all contenders answer the same bytes: unless told, they must. */
  readonly isAlike?: boolean
}

/** One contender's measurements, one of each round. */
export interface Measured {
  readonly contender: Contender
  readonly rounds: readonly Round[]
}

export interface Round extends Loaded {
  /** Seconds of the server's CPU for each request. */
  readonly cpu: number
}

export interface Pace {
  readonly rounds: number
  /** How long each contender is measured in each round. */
  readonly seconds: number
}

const CONNECTIONS = 32

/** Long enough for the runtime's optimizing compiler. */
const WARM_UP_SECONDS = 0.7

/** A server that is asked for something. */
export interface Entrant {
  readonly server: Running
  readonly asked: Case
}

/**
 * Measures servers side by side, after a warm-up: each has its turn in every round, and no one's turn
 * always comes after the same other one's. The rounds of each, in their order.
 */
export async function interleave(
  entrants: readonly Entrant[],
  { rounds, seconds }: Pace,
): Promise<readonly (readonly Round[])[]> {
  const measured = new Map(entrants.map((entrant) => [entrant, [] as Round[]]))
  for (const { asked, server } of entrants) {
    const { origin } = server
    await load({ ...asked, origin, connections: CONNECTIONS, seconds: WARM_UP_SECONDS })
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const entrant of turns(entrants, round)) {
      const { origin, pid } = entrant.server
      const before = usageOf(pid).cpu
      const loaded = await load({ ...entrant.asked, origin, connections: CONNECTIONS, seconds })
      const cpu = (usageOf(pid).cpu - before) / loaded.requests
      measured.get(entrant)?.push({ ...loaded, cpu })
    }
  }
  return [...measured.values()]
}

/** Starts contenders, sees to it that all of them answer the same bytes, and measures them. */
export async function measure(
  world: World,
  contenders: readonly Contender[],
  asked: Case,
  pace: Pace,
): Promise<readonly Measured[]> {
  const said = await saidByOurs(world, asked)
  await using crowd = new AsyncDisposableStack()
  const entrants: Entrant[] = []
  for (const contender of contenders) {
    const server = await contender.start(world, said)
    crowd.defer(() => server.stop())
    if (asked.isAlike !== false) await mustSay(said, contender, server, asked)
    entrants.push({ server, asked })
  }
  const rounds = await interleave(entrants, pace)
  return contenders.map((contender, place) => ({ contender, rounds: rounds[place] ?? [] }))
}

/** In every second round backwards, and each time from another place on. */
export function turns<One>(entrants: readonly One[], round: number): readonly One[] {
  const first = Math.floor(round / 2) % entrants.length
  const turned = [...entrants.slice(first), ...entrants.slice(0, first)]
  return round % 2 === 0 ? turned : turned.toReversed()
}

async function saidByOurs(world: World, { headers, paths, status }: Case): Promise<Said> {
  const server = await ours.start(world, { status: 0, headers: {}, body: new Uint8Array() })
  try {
    const said = await ask(server.origin, paths[0] ?? '', headers)
    if (said.status !== status) throw new Error(`${paths[0]}: ${said.status}, not ${status}`)
    return said
  } finally {
    await server.stop()
  }
}

async function mustSay(
  expected: Said,
  { name }: Contender,
  { origin }: Running,
  { headers, paths }: Case,
): Promise<void> {
  for (const path of new Set([paths[0] ?? '', paths.at(-1) ?? ''])) {
    const { body, status } = await ask(origin, path, headers)
    if (status === expected.status && content(body) === content(expected.body)) continue
    const got = `${status} ${content(body).slice(0, 200)}`
    const wanted = `${expected.status} ${content(expected.body).slice(0, 200)}`
    throw new Error(`${name} answers ${path} with\n${got}\nand not with\n${wanted}`)
  }
}
