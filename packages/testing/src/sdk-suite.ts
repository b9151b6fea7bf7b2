import Sdk1 from '@anthropic-ai/sdk'
import { VERSION as version1 } from '@anthropic-ai/sdk/version'
import Sdk0, { NotFoundError } from 'anthropic-sdk-0'
import { VERSION as version0 } from 'anthropic-sdk-0/version'
import { describe, expect, test } from 'vitest'

/** The official SDK, new and old. They name the same methods: where tests use them, one type serves both. */
export const sdks = [
  { name: `SDK ${version1}`, Sdk: Sdk1 },
  { name: `SDK ${version0}`, Sdk: Sdk0 as unknown as typeof Sdk1 },
] as const

/** A Worker that serves the Models API, and what it serves. */
interface Server {
  readonly origin: string
  readonly key: string
  /** Newest first. */
  readonly models: readonly Model[]
  readonly aliases: ReadonlyMap<string, string>
}

interface Model {
  readonly id: string
  readonly lifecycle?: string | null
}

/** A call that fails: its name, the call, the status, and a part of the message. */
export type Failing = readonly [
  name: string,
  call: (api: Sdk1) => PromiseLike<unknown>,
  status: keyof typeof kinds,
  message: string,
]

/** The class that the SDK has for a status, and the type that the API gives it. */
const kinds = {
  400: ['BadRequestError', 'invalid_request_error'],
  401: ['AuthenticationError', 'authentication_error'],
  403: ['PermissionDeniedError', 'permission_error'],
  404: ['NotFoundError', 'not_found_error'],
  405: ['APIError', 'invalid_request_error'],
  413: ['APIError', 'request_too_large'],
  429: ['RateLimitError', 'rate_limit_error'],
  500: ['InternalServerError', 'api_error'],
  502: ['InternalServerError', 'api_error'],
  503: ['InternalServerError', 'api_error'],
  504: ['InternalServerError', 'timeout_error'],
  529: ['InternalServerError', 'overloaded_error'],
} as const

/** What both Workers refuse. */
const failing: readonly Failing[] = [
  ['limit 0', (api) => api.models.list({ limit: 0 }), 400, 'limit: Input should be greater'],
  ['limit 1001', (api) => api.models.list({ limit: 1001 }), 400, 'limit: Input should be less'],
  ['an unknown after_id', (api) => api.models.list({ after_id: 'x' }), 400, "for 'after_id'"],
  ['an unknown before_id', (api) => api.models.list({ before_id: 'x' }), 400, "for 'before_id'"],
  [
    'both cursors',
    (api) => api.models.list({ after_id: 'x', before_id: 'y' }),
    400,
    'after_id, before_id: ',
  ],
  [
    'an unknown lifecycle',
    (api) => api.models.list({ lifecycle: ['gone' as 'active'] }),
    400,
    "lifecycle[].0: Input is not one of the permitted values. They are 'active', 'deprecated' and 'retired'",
  ],
  ['an unknown model', (api) => api.models.retrieve('claude-none'), 404, 'model: claude-none'],
  ['an odd id', (api) => api.models.retrieve('a/b ?#%é'), 404, 'model: a/b ?#%é'],
  ['the id __proto__', (api) => api.models.retrieve('__proto__'), 404, 'model: __proto__'],
  ['an unknown path', (api) => api.get('/v1/messages/batches'), 404, 'Not found'],
]

export function connect(Sdk: typeof Sdk1, { origin, key }: Pick<Server, 'origin' | 'key'>): Sdk1 {
  return new Sdk({ apiKey: key, baseURL: origin, maxRetries: 0 })
}

/** Registers what the official SDK, new and old, must find at a Worker; `more` fails there alone. */
export function testSdks(server: Server, more: readonly Failing[]): void {
  const { aliases, models } = server
  const ids = idsOf(models)
  const [newest = ''] = ids
  const oldest = ids.at(-1) ?? ''
  const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')

  describe.each(sdks)('$name', ({ Sdk }) => {
    test('lists the current models, newest first, with every field', async () => {
      const page = await connect(Sdk, server).models.list()
      expect(page.data).toEqual(current)
      expect(page.has_more).toBe(false)
    })

    test.each([1, 5, 1000])('walks forwards at a limit of %i', async (limit) => {
      const { models: resource } = connect(Sdk, server)
      expect(await walked(resource.list({ limit }))).toEqual(idsOf(current))
    })

    test.each([1, 5, 1000])('walks backwards at a limit of %i', async (limit) => {
      const pages: string[][] = []
      const last = await connect(Sdk, server).models.list({ limit, before_id: oldest })
      for await (const { data } of last.iterPages()) pages.unshift(idsOf(data))
      expect(pages.flat()).toEqual(idsOf(current))
      expect(pages.slice(1).every(({ length }) => length === limit)).toBe(true)
    })

    test.each([
      [['retired']],
      [['retired', 'deprecated']],
      [['active', 'deprecated', 'retired']],
    ] as const)('filters by %j, on every page', async (lifecycle) => {
      const wanted = new Set<unknown>(lifecycle)
      const expected = idsOf(models.filter((model) => wanted.has(model.lifecycle)))
      const { models: resource } = connect(Sdk, server)
      expect(await walked(resource.list({ limit: 2, lifecycle: [...lifecycle] }))).toEqual(expected)
      expect(expected).not.toEqual([])
    })

    test('gets every model by its id', async () => {
      const { models: resource } = connect(Sdk, server)
      for (const model of models) expect(await resource.retrieve(model.id)).toEqual(model)
    })

    test.each([...aliases])('gets %s as %s', async (alias, id) => {
      expect((await connect(Sdk, server).models.retrieve(alias)).id).toBe(id)
    })

    test.each([...failing, ...more])('throws for %s', async (_, call, status, message) => {
      const [errorClass, type] = kinds[status]
      const error = await thrownBy(call(connect(Sdk, server)))
      expect(error).toBeInstanceOf(Sdk[errorClass])
      expect(error).toMatchObject({
        status,
        requestID: expect.stringMatching(/^req_\w{24}$/),
        error: { type: 'error', error: { type, message: expect.stringContaining(message) } },
      })
    })
  })

  test('the beta resource of the old SDK lists, filters and gets', async () => {
    const client = new Sdk0({ apiKey: server.key, baseURL: server.origin, maxRetries: 0 })
    const { models: resource } = client.beta
    expect(await walked(resource.list({ limit: 5 }))).toEqual(idsOf(current))
    const retired = resource.list({ lifecycle: ['retired'], betas: ['any-2026-01-01'] })
    expect(await walked(retired)).toEqual(ids.filter((id) => !idsOf(current).includes(id)))
    expect(await resource.retrieve(newest)).toEqual(models[0])
    expect(await thrownBy(resource.retrieve('claude-none'))).toBeInstanceOf(NotFoundError)
  })
}

/** What a call throws. A call that goes well is an error. */
export async function thrownBy(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('expected the call to fail')
}

/** The ids of a walk over all pages. */
export async function walked(list: AsyncIterable<Model>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of list) ids.push(id)
  return ids
}

function idsOf(models: readonly Model[]): string[] {
  return models.map(({ id }) => id)
}
