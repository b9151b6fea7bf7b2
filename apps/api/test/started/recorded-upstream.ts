import type { IncomingHttpHeaders } from 'node:http'
import type { Listener } from '@models-edge/testing/listener'
import { type Asked, type Said, Upstream } from '@models-edge/testing/upstream'

export { listOf } from '@models-edge/testing/upstream'

interface Recording {
  /** The models of the list, newest first, as the text that goes over the wire. */
  models: readonly string[]
  /** Names that are no ids, and the ids that they stand for. */
  aliases?: Readonly<Record<string, string>>
  /** How many of them are on a page, whatever limit is asked for. */
  pageSize?: number
  /** What to answer in place of models. */
  instead?: ((headers: IncomingHttpHeaders) => Promise<undefined> | Said) | undefined
}

export interface RecordedUpstream extends Listener {
  /** What it answers with; a test may change it at any time. */
  readonly recording: Recording
  /** Every request so far. */
  readonly requests: readonly Asked[]
}

/** The fake upstream on a port, with what it answers in an object that a test may change. */
export async function startUpstream(recording: Recording): Promise<RecordedUpstream> {
  const upstream = new Upstream(recording)
  upstream.instead = async ({ headers }) => {
    upstream.models = recording.models
    return recording.instead?.(headers)
  }
  return { ...(await upstream.listen()), recording, requests: upstream.requests }
}
