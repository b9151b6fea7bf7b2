import { ApiError, type ErrorType, type ModelInfo, type Page } from '@models-edge/core'
import { inHalves } from './halves.ts'
import { choiceRule, headerRule, type Rule, statusRule, timeRule } from './rule.ts'

/** A way to misbehave: with other models, another page of them, or another answer. */
export interface Fault {
  readonly models?: (models: readonly ModelInfo[]) => readonly ModelInfo[]
  readonly page?: (page: Page, asked: URLSearchParams) => Page
  /** `well` makes the answer of a stand-in that behaves, be it an error: not every fault wants it. */
  readonly answer?: (well: () => Response, options: URLSearchParams) => Response | Promise<Response>
  /** The options that `answer` looks at. */
  readonly options?: Readonly<Record<string, Rule>>
}

/** Every way to misbehave, by the name that a test asks for. */
export const faults: Readonly<Record<string, Fault>> = {
  /** An error of the API: `status` is 500 unless told. */
  status: {
    options: { status: statusRule, 'retry-after': headerRule, 'should-retry': choiceRule },
    answer(_, options) {
      const status = Number(options.get('status') ?? 500)
      const headers = new Headers()
      for (const [option, name] of [
        ['retry-after', 'retry-after'],
        ['should-retry', 'x-should-retry'],
      ] as const) {
        const value = options.get(option)
        if (value !== null) headers.set(name, value)
      }
      throw new ApiError(`The stand-in was told to answer ${status}`, {
        status,
        type: errorTypes[status] ?? 'api_error',
        headers,
      })
    },
  },
  /** What the edge in front of the API says to a region that it does not serve. */
  'edge-block': {
    answer: () =>
      Response.json(
        { error: { type: 'forbidden', message: 'Request not allowed' } },
        { status: 403 },
      ),
  },
  /** A page for people: `status` is 502 unless told. */
  html: {
    options: { status: statusRule },
    answer: (_, options) =>
      new Response('<!doctype html><title>Bad gateway</title><p>Something went wrong.', {
        status: Number(options.get('status') ?? 502),
        headers: { 'content-type': 'text/html; charset=utf-8' },
      }),
  },
  /** Another host, named by `to`. */
  redirect: {
    options: { to: headerRule },
    answer: (_, options) =>
      new Response(null, {
        status: 302,
        headers: { location: options.get('to') ?? 'http://127.0.0.1:1/' },
      }),
  },
  /** Nothing for `ms`, then the answer. */
  'slow-headers': {
    options: { ms: timeRule },
    async answer(well, options) {
      await pause(options)
      return well()
    },
  },
  /** The first half, nothing for `ms`, then the rest. */
  'slow-body': {
    options: { ms: timeRule },
    answer: (well, options) => inHalves(well(), () => pause(options)),
  },
  /** The first half, and after `ms` (so that it has arrived) the connection breaks. */
  'cut-body': {
    options: { ms: timeRule },
    answer: (well, options) =>
      inHalves(well(), async () => {
        await pause(options)
        throw new Error('cut off, as told')
      }),
  },
  /** The first half, as if it were all. */
  'half-body': {
    async answer(well) {
      const response = well()
      const text = await response.text()
      return new Response(text.slice(0, text.length / 2), response)
    },
  },
  'empty-list': { models: () => [] },
  'shrunk-list': { models: (models) => models.slice(0, Math.floor(models.length / 3)) },
  'model-less': { models: (models) => models.slice(1) },
  'model-more': {
    models: (models) => [newcomer('claude-new-6', 'Claude New 6'), ...models],
  },
  /** 30 more, so that a list is longer than a page. */
  'model-crowd': {
    models: (models) => [
      ...Array.from({ length: 30 }, (_, place) =>
        newcomer(`claude-crowd-${30 - place}`, `Claude Crowd ${30 - place}`),
      ),
      ...models,
    ],
  },
  /** Each page names its first model twice. */
  'duplicate-ids': {
    page: (page) => ({ ...page, data: [...page.data, ...page.data.slice(0, 1)] }),
  },
  /** The last page leads back into itself. */
  'cursor-loop': {
    page: (page) =>
      page.has_more
        ? page
        : { ...page, has_more: true, first_id: page.last_id, last_id: page.first_id },
  },
  /** The cursor that was asked for is the one that comes back. */
  'standing-cursor': {
    page(page, asked) {
      const cursor = asked.get('after_id') ?? asked.get('before_id') ?? page.last_id
      return { ...page, has_more: true, first_id: cursor, last_id: cursor }
    },
  },
  /** More is said to come, and nothing tells from where. */
  'no-cursor': { page: (page) => ({ ...page, has_more: true, first_id: null, last_id: null }) },
  /** Fields of a later version of the API. */
  'unknown-fields': {
    models: (models) =>
      models.map((model) => ({ ...model, price: { input: 1.5 }, 'x-new': [null] })),
  },
  /** Values of a later version of the API. */
  'unknown-enums': {
    models: (models) => models.map((model) => ({ ...model, line: 'sonata', lifecycle: 'dormant' })),
  },
}

function newcomer(id: string, display_name: string): ModelInfo {
  return { type: 'model', id, display_name, created_at: '2026-11-20T00:00:00Z' }
}

const errorTypes: Readonly<Record<number, ErrorType>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

function pause(options: URLSearchParams): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Number(options.get('ms') ?? 1000))
  })
}
