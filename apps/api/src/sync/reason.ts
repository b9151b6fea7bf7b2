import { ApiError } from '@models-edge/core'

/** Why a sync kept what was there, in one word for logs, `/health` and the page. */
export type Reason =
  | 'bad_answer'
  | 'bad_list'
  | 'backing_off'
  | 'edge_blocked'
  | 'empty'
  | 'forbidden'
  | 'internal'
  | 'kv_read_failed'
  | 'kv_write_failed'
  | 'misconfigured'
  | 'not_found'
  | 'overloaded'
  | 'rate_limited'
  | 'redirected'
  | 'refused'
  | 'shrunk'
  | 'superseded'
  | 'timeout'
  | 'too_large'
  | 'unauthorized'
  | 'unreachable'
  | 'upstream_error'

/** A sync that ends without a new snapshot, for a reason of the service's own. */
export class SyncError extends Error {
  override readonly name = 'SyncError'
  readonly reason: Reason

  constructor(reason: Reason, message: string) {
    super(message)
    this.reason = reason
  }
}

const reasonOfType: Readonly<Record<string, Reason>> = {
  answer_broken: 'bad_answer',
  answer_too_large: 'too_large',
  bad_pagination: 'bad_list',
  forbidden: 'edge_blocked',
  timeout_error: 'timeout',
}

const reasonOfStatus: Readonly<Record<number, Reason>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
  529: 'overloaded',
}

export function reasonOf(error: unknown): Reason {
  if (error instanceof SyncError) return error.reason
  if (error instanceof ApiError) return reasonOfAnswer(error)
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'timeout'
  return 'internal'
}

function reasonOfAnswer({ status, type, headers }: ApiError): Reason {
  const known = reasonOfType[type] ?? reasonOfStatus[status ?? 0]
  if (known) return known
  if (status === undefined) return 'internal'
  if (status >= 500) return 'upstream_error'
  if (status >= 400) return headers ? 'refused' : 'misconfigured'
  return status >= 300 ? 'redirected' : 'bad_answer'
}

/** What passes by itself is met with patience; the rest is tried at every tick until it is mended. */
export function isPassing(reason: Reason): boolean {
  return passing.has(reason)
}

const passing: ReadonlySet<Reason> = new Set([
  'overloaded',
  'rate_limited',
  'timeout',
  'unreachable',
  'upstream_error',
])
