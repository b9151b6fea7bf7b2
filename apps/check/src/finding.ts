import type { Platform } from './platform.ts'

/**
 * The worst first. `unchecked` is an id that nobody could be asked about, `other-platform` one that another
 * platform retires on a day of its own.
 */
export const STATUSES = [
  'retired',
  'overdue',
  'deprecated',
  'unknown',
  'unchecked',
  'other-platform',
  'active',
] as const

export type Status = (typeof STATUSES)[number]

/** What a name stands for, and how long it will. */
export interface Verdict {
  /** Anthropic's id of the model, or the name as it was read where it stands for none that is known. */
  readonly id: string
  readonly platform: Platform
  readonly status: Status
  /** RFC 3339. When Anthropic retires it, or did; for another platform's spelling no more than a hint. */
  readonly retires_at: string | null
  /** Days in full or begun, of a model that is deprecated. */
  readonly days_left: number | null
  /** Names that may be meant by one that is unknown. */
  readonly nearest: readonly string[]
  /** The newest active model of its line, for one that is dying. */
  readonly successor: string | null
  /** The page of the platform that decides. */
  readonly page: string | null
}

/** A name in a file, and what it stands for. */
export interface Finding extends Verdict {
  readonly path: string
  readonly line: number
  /** In UTF-16 units, from 1. */
  readonly column: number
  /** The cell of a notebook, from 1. */
  readonly cell: number | null
  /** What stands in the file. */
  readonly text: string
}
