import { Random } from '../random.ts'
import { Company } from './company.ts'
import { events } from './events.ts'
import { Truth, type Version } from './truth.ts'

/** What a deployment hides. */
export const HIDDEN = 'claude-secret-*'

export function isHiddenByDefault(name: string): boolean {
  return name.startsWith('claude-secret-')
}

const DAY = 86_400_000

/** How often something is taken back before anybody can be sure of it. */
const TAKEN_BACK = 0.12

interface Wanted {
  readonly seed: string
  readonly start: number
  readonly end: number
  /** How much time lies between two events on average. */
  readonly everyMs: number
}

/** What happens to the models in the time of a run: as much of it as in a year, if that is asked for. */
export function year({ end, everyMs, seed, start }: Wanted): Truth {
  const random = new Random(seed, 'year')
  const company = new Company(random)
  const choice = Object.values(events).flatMap(([weight, event]) =>
    Array.from({ length: weight }, () => event),
  )
  const versions: Version[] = [version(start - DAY, 'the beginning')]
  for (let at = start + random.wait(everyMs); at < end; at += 1 + random.wait(everyMs)) {
    const { aliases, models } = company
    const why = random.pick(choice)(company, at)
    if (why === undefined) continue
    versions.push(version(at, why))
    if (!random.chance(TAKEN_BACK)) continue
    at += random.between(2_000, 150_000)
    company.models = models
    company.aliases = aliases
    versions.push(version(at, `taken back: ${why}`))
  }
  return new Truth(versions)

  function version(from: number, why: string): Version {
    return {
      from: Math.floor(from),
      models: new Map(company.models.map((model) => [model.id, JSON.stringify(model)])),
      aliases: company.aliases,
      why,
    }
  }
}
