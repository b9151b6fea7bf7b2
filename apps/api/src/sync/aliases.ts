import type { AliasFinding } from '../catalog/snapshot.ts'
import type { Upstream } from './upstream.ts'

const MAX_PROBES = 20
const MAX_CANDIDATES = 500

/** An alias can be pointed elsewhere, so an old finding is asked for again. */
const GOOD_FOR_MS = 60 * 60_000

interface Search {
  readonly ids: readonly string[]
  /** Names from the configuration. */
  readonly extra: readonly string[]
  readonly known: readonly AliasFinding[]
  readonly now: Date
  /** How many requests upstream may still get. */
  readonly budget: number
}

/**
 * What is known of every candidate: the longest unasked ones are asked for now, the rest next time.
 * The very array that was known where there is nothing new.
 */
export async function findAliases(
  { ids, extra, known, now, budget }: Search,
  upstream: Upstream,
  signal: AbortSignal,
): Promise<readonly AliasFinding[]> {
  const names = candidates(ids, extra)
  const kept = known.filter(({ alias }) => names.has(alias))
  const findings = new Map(kept.map((finding) => [finding.alias, finding]))
  const age = (name: string): number =>
    Number(now) - (Date.parse(findings.get(name)?.asked_at ?? '') || 0)
  const due = [...names]
    .filter((name) => age(name) >= GOOD_FOR_MS)
    .toSorted((one, other) => age(other) - age(one))
    .slice(0, Math.max(0, Math.min(budget, MAX_PROBES)))
  for (const alias of due) {
    let id: string | null
    try {
      id = await upstream.resolve(alias, signal)
    } catch {
      break // What is known stays known; the next sync asks for the rest.
    }
    const listed = id !== null && ids.includes(id)
    findings.set(alias, { alias, id: listed ? id : null, asked_at: now.toISOString() })
  }
  const found = [...findings.values()]
  const same = found.length === known.length && found.every((finding) => known.includes(finding))
  return same ? known : found
}

/** Dated ids without their date, and what the operator names; never what is an id itself. */
function candidates(ids: readonly string[], extra: readonly string[]): ReadonlySet<string> {
  const undated = ids.flatMap((id) => /^(.+)-\d{8}$/.exec(id)?.[1] ?? [])
  const taken = new Set(ids)
  const names = [...extra, ...undated].filter((name) => !taken.has(name))
  return new Set(names.slice(0, MAX_CANDIDATES))
}
