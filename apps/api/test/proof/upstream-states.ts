import type { ServerResponse } from 'node:http'
import { listOf } from '../node/recorded-upstream.ts'
import { type ListName, lists } from './states.ts'

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
  /** Its answers never end. */
  readonly hangs?: 'dripping' | 'still'
  /** How a request is answered of this sweep, after that cursor. */
  readonly answer: Answer
}

interface Asked {
  readonly sweep: number
  readonly after: string | null
  /** What a question about one model names. */
  readonly name: string | undefined
}

type Answer = (response: ServerResponse, asked: Asked) => unknown

const current = listOf(lists.current)
const small = listOf(lists.small)
const half = current.slice(0, current.length / 2)

function json(body: string, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

function error(status: number, type: string, headers?: Readonly<Record<string, string>>): Answer {
  const body = { type: 'error', error: { type, message: 'as told' } }
  return json(JSON.stringify(body), status, headers)
}

/** One sweep is answered so, the next one so, and the last answer stays. */
function inTurn(...answers: readonly Answer[]): Answer {
  return (response, asked) => answers[Math.min(asked.sweep, answers.length) - 1]?.(response, asked)
}

/** Says that it has an answer, and begins it like that. */
function begin(text: string): Answer {
  return (response) => response.writeHead(200, { 'content-type': 'application/json' }).write(text)
}

const unauthorized = { reason: 'unauthorized' } as const
const broken = { reason: 'upstream_error', passing: true } as const
const timeout = { reason: 'timeout', passing: true } as const
const badAnswer = { reason: 'bad_answer' } as const
const refusal = error(401, 'authentication_error')

const different = {
  healthy: { sweeps: [{ list: 'current' }], answer: json(current) },
  'unknown fields and enums': { sweeps: [{ list: 'novel' }], answer: json(listOf(lists.novel)) },
  '401': { sweeps: [unauthorized], answer: refusal },
  '500': { sweeps: [broken], answer: error(500, 'api_error') },
  '500 after a sweep': {
    sweeps: [{ list: 'current' }, broken],
    answer: inTurn(json(current), error(500, 'api_error')),
  },
  'hangs before headers': { sweeps: [timeout], hangs: 'still', answer() {} },
  'shrunk once': {
    sweeps: [{ list: 'small' }, { list: 'current' }],
    answer: inTurn(json(small), json(current)),
  },
  'shrunk twice': { sweeps: [{ list: 'small' }], answer: json(small) },
  'shrunk twice, between them a 401': {
    sweeps: [{ list: 'small' }, unauthorized, { list: 'small' }],
    answer: inTurn(json(small), refusal, json(small)),
  },
} as const satisfies Readonly<Record<string, UpstreamState>>

/** Each is like one of those, but for the way in which it fails, and the reason that is given. */
const alike = {
  '403 of the edge': {
    sweeps: [{ reason: 'edge_blocked' }],
    answer: json('{"error":{"type":"forbidden","message":"Request not allowed"}}', 403),
  },
  '429 with retry-after': {
    sweeps: [{ reason: 'rate_limited', passing: true, retryAfterMs: 600_000 }],
    answer: error(429, 'rate_limit_error', { 'retry-after': '600' }),
  },
  'hangs up': {
    sweeps: [{ reason: 'unreachable', passing: true }],
    answer: (response) => response.destroy(),
  },
  'hangs in the body': { sweeps: [timeout], hangs: 'still', answer: begin(half) },
  drips: { sweeps: [timeout], hangs: 'dripping', answer: begin(' ') },
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
  'endless pages': {
    sweeps: [{ reason: 'bad_list' }],
    answer(response, asked) {
      const id = `p-${Number(asked.after?.slice(2) ?? 0) + 1}`
      json(`{"data":[{"id":"${id}"}],"has_more":true,"last_id":"${id}"}`)(response, asked)
    },
  },
  '10 MB page': {
    sweeps: [{ reason: 'too_large' }],
    answer: json(`{"data":[{"id":"k-1","x":"${'x'.repeat(10_000_000)}"}],"has_more":false}`),
  },
} as const satisfies Readonly<Record<string, UpstreamState>>

export const upstreamStates = { ...different, ...alike }

export type UpstreamName = keyof typeof upstreamStates

export function isAlike(name: UpstreamName): boolean {
  return name in alike
}

/** An upstream that lists that. */
export function listing(list: ListName): UpstreamState {
  return { sweeps: [{ list }], answer: json(listOf(lists[list])) }
}
