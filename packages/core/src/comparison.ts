import type { LifecycleModel } from './lifecycle-document.ts'
import type { ModelInfo } from './model.ts'

/** What becomes of something for who moves: `unknown` where one of the two models does not say. */
export type CapabilityChange = 'gained' | 'lost' | 'unchanged' | 'unknown'
export type LimitChange = 'higher' | 'lower' | 'unchanged' | 'unknown'

/** A capability, or a group of them. */
export interface ComparedCapability {
  /** Missing where neither model says that it supports the group as such, or not. */
  readonly change?: CapabilityChange
  readonly parts?: ComparedCapabilities
}

export interface ComparedCapabilities {
  readonly [name: string]: ComparedCapability
}

export interface ComparedLimit {
  readonly from: number | null
  readonly to: number | null
  readonly change: LimitChange
}

/** A model that can be compared, also one that is listed no longer. */
export type ComparableModel = ModelInfo & Pick<LifecycleModel, 'removed_at'>

/** A model as a comparison names it. */
export type ComparedModel = LifecycleModel

/** What changes for somebody who moves from one model to another, as far as the API tells it. */
export interface Comparison {
  readonly type: 'comparison'
  readonly from: ComparedModel
  readonly to: ComparedModel
  readonly limits: {
    readonly max_input_tokens: ComparedLimit
    readonly max_tokens: ComparedLimit
  }
  readonly capabilities: ComparedCapabilities
  /** What may differ, too, and is not in the data. */
  readonly not_told: readonly string[]
}

const NOT_TOLD = ['prices', 'temperature, top_p and top_k', 'rate limits', 'quality and speed']

/** Capabilities are three groups deep; what is deeper by far is nothing that somebody meant. */
const MAX_DEPTH = 8

/**
 * What changes for somebody who moves from one model to the other.
 *
 * @example
 * ```ts
 * import { compareModels, type ModelInfo } from '@models-edge/core'
 *
 * declare const from: ModelInfo, to: ModelInfo // as `getModel` gives them
 * const { capabilities, limits } = compareModels(from, to)
 * console.log(limits.max_tokens.change, capabilities['effort']?.change)
 * ```
 */
export function compareModels(from: ComparableModel, to: ComparableModel): Comparison {
  return {
    type: 'comparison',
    from: namedBy(from),
    to: namedBy(to),
    limits: {
      max_input_tokens: limitOf(from.max_input_tokens, to.max_input_tokens),
      max_tokens: limitOf(from.max_tokens, to.max_tokens),
    },
    capabilities: capabilitiesOf(from.capabilities, to.capabilities, 0),
    not_told: NOT_TOLD,
  }
}

function namedBy(model: ComparableModel): ComparedModel {
  const { id, display_name, created_at, line = null, lifecycle = null } = model
  const { deprecated_at = null, removed_at, retires_at = null } = model
  const named = { id, display_name, created_at, line, lifecycle, deprecated_at, retires_at }
  return removed_at ? { ...named, removed_at } : named
}

function limitOf(was: unknown, is: unknown): ComparedLimit {
  const from = typeof was === 'number' ? was : null
  const to = typeof is === 'number' ? is : null
  if (from === null || to === null) return { from, to, change: 'unknown' }
  return { from, to, change: from === to ? 'unchanged' : from < to ? 'higher' : 'lower' }
}

type Group = Readonly<Record<string, unknown>>

function capabilitiesOf(from: unknown, to: unknown, depth: number): ComparedCapabilities {
  const [was, is] = [groupOf(from), groupOf(to)]
  const names = new Set([...Object.keys(was), ...Object.keys(is)])
  names.delete('supported')
  return Object.fromEntries(
    Array.from(names, (name) => [name, capabilityOf(own(was, name), own(is, name), depth)]),
  )
}

function capabilityOf(from: unknown, to: unknown, depth: number): ComparedCapability {
  const [was, is] = [own(groupOf(from), 'supported'), own(groupOf(to), 'supported')]
  const parts = depth < MAX_DEPTH ? capabilitiesOf(from, to, depth + 1) : {}
  const isGroup = Object.keys(parts).length > 0
  const isMute = isGroup && was === undefined && is === undefined
  return { ...(!isMute && { change: changeOf(was, is) }), ...(isGroup && { parts }) }
}

function changeOf(was: unknown, is: unknown): CapabilityChange {
  if (typeof was !== 'boolean' || typeof is !== 'boolean') return 'unknown'
  if (was === is) return 'unchanged'
  return is ? 'gained' : 'lost'
}

function groupOf(value: unknown): Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Group)
    : {}
}

/** A name can be that of something which every object has. */
function own(group: Group, name: string): unknown {
  return Object.hasOwn(group, name) ? group[name] : undefined
}
