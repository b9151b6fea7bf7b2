import { ApiError, type ErrorType, type ModelInfo, type Page } from '@models-edge/core'

/** A way to misbehave: with other models, another page of them, or another answer. */
export interface Fault {
  readonly models?: (models: readonly ModelInfo[]) => readonly ModelInfo[]
  readonly page?: (page: Page, asked: URLSearchParams) => Page
  readonly answer?: (response: Response, options: URLSearchParams) => Response | Promise<Response>
}

/** Every way to misbehave, by the name that a test asks for. */
export const faults: Readonly<Record<string, Fault>> = {
  /** An error of the API: `status`, and `retry-after` if it is given. */
  status: {
    answer(_, options) {
      const status = Number(options.get('status') ?? 500)
      const retryAfter = options.get('retry-after')
      throw new ApiError(`The stand-in was told to answer ${status}`, {
        status,
        type: errorTypes[status] ?? 'api_error',
        headers: new Headers(retryAfter === null ? {} : { 'retry-after': retryAfter }),
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
    answer: (_, options) =>
      new Response('<!doctype html><title>Bad gateway</title><p>Something went wrong.', {
        status: Number(options.get('status') ?? 502),
        headers: { 'content-type': 'text/html; charset=utf-8' },
      }),
  },
  /** Another host, named by `to`. */
  redirect: {
    answer: (_, options) =>
      new Response(null, {
        status: 302,
        headers: { location: options.get('to') ?? 'http://127.0.0.1:1/' },
      }),
  },
  /** Nothing for `ms`, then the answer. */
  'slow-headers': {
    async answer(response, options) {
      await pause(options)
      return response
    },
  },
  /** The first half, nothing for `ms`, then the rest. */
  'slow-body': { answer: (response, options) => inHalves(response, () => pause(options)) },
  /** The first half, and after `ms` (so that it has arrived) the connection breaks. */
  'cut-body': {
    answer: (response, options) =>
      inHalves(response, async () => {
        await pause(options)
        throw new Error('cut off, as told')
      }),
  },
  /** The first half, as if it were all. */
  'half-body': {
    async answer(response) {
      const text = await response.text()
      return new Response(text.slice(0, text.length / 2), response)
    },
  },
  'empty-list': { models: () => [] },
  'shrunk-list': { models: (models) => models.slice(0, Math.floor(models.length / 3)) },
  'model-less': { models: (models) => models.slice(1) },
  'model-more': {
    models: (models) => [
      {
        type: 'model',
        id: 'claude-new-6',
        display_name: 'Claude New 6',
        created_at: '2026-11-20T00:00:00Z',
      },
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

/** The answer with something happening in the middle of its body. */
function inHalves(response: Response, between: () => Promise<void>): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const bytes = new Uint8Array(await response.arrayBuffer())
      const middle = Math.floor(bytes.length / 2)
      controller.enqueue(bytes.subarray(0, middle))
      try {
        await between()
        controller.enqueue(bytes.subarray(middle))
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
  })
  return new Response(body, response)
}
