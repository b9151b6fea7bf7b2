import type { IncomingMessage, ServerResponse } from 'node:http'
import { type UpstreamState, upstreamStates } from './upstream-states.ts'

/** The upstream of one cell, and how often it was asked for everything. */
export class CellUpstream {
  state: UpstreamState = upstreamStates.healthy
  sweeps = 0
  readonly offences: string[] = []

  respond(path: string, { headers, method }: IncomingMessage, response: ServerResponse): unknown {
    const { pathname, searchParams } = new URL(path, 'http://upstream')
    if (method !== 'GET' || pathname !== '/v1/models' || headers['x-api-key'] !== 'stand-in-key') {
      this.offences.push(`unexpected ${method} ${path}`)
      return response.writeHead(500).end()
    }
    const after = searchParams.get('after_id')
    if (after === null) this.sweeps += 1
    const elsewhere = `http://${headers.host}/elsewhere`
    return this.state.answer?.(response, { sweep: this.sweeps, after, elsewhere })
  }
}
