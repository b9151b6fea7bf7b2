import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { listOf } from '../node/recorded-upstream.ts'
import { type ListName, lists } from './lists.ts'
import { MINUTE } from './snapshots.ts'

/** What a sweep that meets this upstream comes to: the list that it has, or the reason that it gives. */
export type Sweep =
  | { readonly list: ListName }
  | {
      readonly reason: string
      /** It passes by itself: upstream is left alone for longer each time. */
      readonly passing?: true
      readonly retryAfterMs?: number
    }

export interface UpstreamState {
  /** The sweeps in their order; the last one is every later one, too. */
  readonly sweeps: readonly [Sweep, ...Sweep[]]
  /** It takes as long as the service waits, or a hundred times the work. */
  readonly costly?: true
  /** How the request is answered that this sweep makes, after that cursor; nothing listens without it. */
  readonly answer?: (response: ServerResponse, asked: Asked) => unknown
}

interface Asked {
  readonly sweep: number
  readonly after: string | null
  /** A place that nobody may be led to. */
  readonly elsewhere: string
}

type Answer = NonNullable<UpstreamState['answer']>

const current = listOf(lists.current)
const half = current.slice(0, current.length / 2)

function json(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

function error(status: number, type: string, headers?: Readonly<Record<string, string>>): Answer {
  return json(
    JSON.stringify({ type: 'error', error: { type, message: 'as told' } }),
    status,
    headers,
  )
}

const overloaded = { reason: 'overloaded', passing: true } as const
const timeout = { reason: 'timeout', passing: true } as const
const badAnswer = { reason: 'bad_answer' } as const
const badList = { reason: 'bad_list' } as const

export const upstreamStates = {
  healthy: { sweeps: [{ list: 'current' }], answer: json(current) },
  'unknown fields and enums': { sweeps: [{ list: 'novel' }], answer: json(listOf(lists.novel)) },
  '401': {
    sweeps: [{ reason: 'unauthorized' }],
    answer: error(401, 'authentication_error'),
  },
  '403 of the edge': {
    sweeps: [{ reason: 'edge_blocked' }],
    answer: json('{"error":{"type":"forbidden","message":"Request not allowed"}}', 403),
  },
  '404': { sweeps: [{ reason: 'not_found' }], answer: error(404, 'not_found_error') },
  '429': {
    sweeps: [{ reason: 'rate_limited', passing: true }],
    answer: error(429, 'rate_limit_error'),
  },
  '429 with retry-after': {
    sweeps: [{ reason: 'rate_limited', passing: true, retryAfterMs: 10 * MINUTE }],
    answer: error(429, 'rate_limit_error', { 'retry-after': '600' }),
  },
  '500': {
    sweeps: [{ reason: 'upstream_error', passing: true }],
    answer: error(500, 'api_error'),
  },
  '529': { sweeps: [overloaded], answer: error(529, 'overloaded_error') },
  refused: { sweeps: [{ reason: 'unreachable', passing: true }] },
  'hangs before headers': { sweeps: [timeout], costly: true, answer() {} },
  'hangs in the body': {
    sweeps: [timeout],
    costly: true,
    answer: (response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).write(half),
  },
  drips: {
    sweeps: [timeout],
    costly: true,
    async answer(response) {
      response.writeHead(200, { 'content-type': 'application/json' })
      for (const byte of current) {
        if (response.destroyed) return
        response.write(byte)
        await sleep(250)
      }
    },
  },
  'cut off': {
    sweeps: [badAnswer],
    answer(response) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(half, () => response.destroy())
    },
  },
  'wrong length': {
    sweeps: [badAnswer],
    // The rest would be taken for the next answer: with the connection it goes.
    answer: json(current, 200, { 'content-length': String(half.length), connection: 'close' }),
  },
  html: {
    sweeps: [badAnswer],
    answer: json('<!doctype html><p>Welcome', 200, { 'content-type': 'text/html' }),
  },
  garbage: { sweeps: [badAnswer], answer: json('\u0000\ufffd{"data":[\u0007') },
  'empty list': {
    sweeps: [{ reason: 'empty' }],
    answer: json('{"data":[],"has_more":false,"first_id":null,"last_id":null}'),
  },
  'shrunk once': {
    sweeps: [{ list: 'small' }, { list: 'current' }],
    answer: (response, asked) =>
      json(asked.sweep === 1 ? listOf(lists.small) : current)(response, asked),
  },
  'shrunk twice': { sweeps: [{ list: 'small' }], answer: json(listOf(lists.small)) },
  'duplicate ids': {
    sweeps: [badList],
    answer: json(listOf([...lists.current, ...lists.current.slice(-1)])),
  },
  'cursor loop': { sweeps: [badList], answer: json(listOf(lists.current, true)) },
  'endless pages': {
    sweeps: [badList],
    costly: true,
    answer(response, asked) {
      const id = `p-${Number(asked.after?.slice(2) ?? 0) + 1}`
      json(`{"data":[{"id":"${id}"}],"has_more":true,"last_id":"${id}"}`)(response, asked)
    },
  },
  '10 MB page': {
    sweeps: [{ reason: 'too_large' }],
    costly: true,
    answer: json(`{"data":[{"id":"k-1","x":"${'x'.repeat(10_000_000)}"}],"has_more":false}`),
  },
  'redirect elsewhere': {
    sweeps: [{ reason: 'redirected' }],
    answer: (response, asked) =>
      json('', 302, { location: `${asked.elsewhere}/v1/models` })(response, asked),
  },
} as const satisfies Readonly<Record<string, UpstreamState>>

export type UpstreamName = keyof typeof upstreamStates
