import type { IncomingMessage, ServerResponse } from 'node:http'
import { type UpstreamState, upstreamStates } from './upstream-states.ts'

/** The upstream of one cell: how often it was asked, and how often for everything. */
export class CellUpstream {
  state: UpstreamState = upstreamStates.healthy
  requests = 0
  sweeps = 0
  /** Answers that are not whole, and will not be by themselves. */
  readonly held = new Set<ServerResponse>()

  respond(path: string, { method }: IncomingMessage, response: ServerResponse): unknown {
    const { pathname, searchParams } = new URL(path, 'http://upstream')
    if (method !== 'GET' || !pathname.startsWith('/v1/models'))
      throw new Error(`unexpected ${path}`)
    const [, , , name] = pathname.split('/')
    const after = searchParams.get('after_id')
    this.requests += 1
    if (name === undefined && after === null) this.sweeps += 1
    if (this.state.hangs) {
      this.held.add(response)
      response.once('close', () => this.held.delete(response))
    }
    return this.state.answer(response, { sweep: this.sweeps, after, name })
  }

  /** Time passes. */
  drip(): void {
    if (this.state.hangs !== 'dripping') return
    for (const response of this.held) response.write(' ')
  }
}
