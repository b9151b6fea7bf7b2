import { ApiError } from '@models-edge/core'
import type { AliasFinding } from '../catalog/snapshot.ts'
import type { Upstream } from './upstream.ts'

const MAX_PROBES = 20
const MAX_CANDIDATES = 500

/** A Worker has six connections at once. */
const AT_ONCE = 5

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
    Math.abs(Number(now) - (Date.parse(findings.get(name)?.asked_at ?? '') || 0))
  const due = [...names]
    .filter((name) => age(name) >= GOOD_FOR_MS)
    .toSorted((one, other) => age(other) - age(one))
    .slice(0, Math.max(0, Math.min(budget, MAX_PROBES)))
  for (let start = 0; start < due.length; start += AT_ONCE) {
    const batch = due.slice(start, start + AT_ONCE)
    const answers = await Promise.all(batch.map((alias) => ask(alias)))
    for (const [index, id] of answers.entries()) {
      const alias = batch[index]
      if (alias === undefined || id === undefined) continue
      const listed = id !== null && ids.includes(id)
      findings.set(alias, { alias, id: listed ? id : null, asked_at: now.toISOString() })
    }
    // What is known stays known; when upstream says nothing at all, the next sync asks for the rest.
    if (answers.every((id) => id === undefined)) break
  }
  const found = [...findings.values()]
  const same = found.length === known.length && found.every((finding) => known.includes(finding))
  return same ? known : found

  /** A model's id, or null where there is no such model, or undefined where upstream does not say. */
  async function ask(alias: string): Promise<string | null | undefined> {
    try {
      return await upstream.resolve(alias, signal)
    } catch (error) {
      // A name that is refused would be refused again, before all others.
      const refused = error instanceof ApiError && error.status === 400
      return refused ? (findings.get(alias)?.id ?? null) : undefined
    }
  }
}

/** Dated ids without their date, and what the operator names; never what is an id itself. */
function candidates(ids: readonly string[], extra: readonly string[]): ReadonlySet<string> {
  const undated = ids.flatMap((id) => /^(.+)-\d{8}$/.exec(id)?.[1] ?? [])
  const taken = new Set(ids)
  const names = [...extra, ...undated].filter((name) => !taken.has(name))
  return new Set(names.slice(0, MAX_CANDIDATES))
}
