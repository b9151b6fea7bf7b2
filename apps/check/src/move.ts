import type { ComparedCapabilities, ComparedLimit, Comparison } from '@models-edge/core'
import { amount } from './words.ts'

/** What changes for who moves from a dying model to the newest of its line. */
export interface Move {
  readonly from: string
  readonly to: string
  /** In words, what is lost first. Empty where nothing differs, or where too little is known. */
  readonly changes: readonly string[]
  readonly not_told: readonly string[]
}

export function moveOf({ capabilities, from, limits, not_told, to }: Comparison): Move {
  const lost = namesOf(capabilities, 'lost')
  const gained = namesOf(capabilities, 'gained')
  const changes = [
    ...(lost.length > 0 ? [`loses ${lost.join(', ')}`] : []),
    ...limitOf('context window', limits.max_input_tokens),
    ...limitOf('longest answer', limits.max_tokens),
    ...(gained.length > 0 ? [`gains ${gained.join(', ')}`] : []),
  ]
  return { from: from.id, to: to.id, changes, not_told }
}

function limitOf(name: string, { change, from, to }: ComparedLimit): readonly string[] {
  if (change !== 'higher' && change !== 'lower') return []
  return [`${name} ${amount(Number(from))} to ${amount(Number(to))}`]
}

function namesOf(
  tree: ComparedCapabilities,
  wanted: 'gained' | 'lost',
  above = '',
): readonly string[] {
  return Object.entries(tree).flatMap(([name, { change, parts = {} }]) => {
    const own = above + name
    return [...(change === wanted ? [own] : []), ...namesOf(parts, wanted, `${own}.`)]
  })
}
