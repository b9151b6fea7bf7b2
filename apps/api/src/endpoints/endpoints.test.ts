import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { Afterwards, platformOn } from '../../test/world/platform.ts'
import { modelOf, snapshotOf, START } from '../../test/world/snapshots.ts'
import { operations } from '../contract/operations.ts'
import { textAnswer } from '../http/answer.ts'
import { Memory } from '../memory/memory.ts'
import { Endpoints } from './endpoints.ts'
import { type Route, routesOf } from './routes.ts'

const nothing = (): Promise<undefined> => Promise.resolve(undefined)

/** A service that holds nothing yet, with two routes of its own. */
class Service {
  readonly platform = platformOn(new Clock(START))
  readonly #memory = new Memory({
    stores: { kv: nothing, copy: nothing, knock: nothing },
    isHidden: () => false,
    platform: this.platform,
  })
  /** What happens while the answer to `/slow` is made. */
  meanwhile = (): void => undefined

  readonly #own: Readonly<Record<string, Route>> = {
    '/slow': {
      needs: 'a view',
      remember: 'url',
      answer: ({ snapshot }) => {
        this.meanwhile()
        return textAnswer(`${snapshot.revision}`, 'text/plain', { policy: 'data' })
      },
    },
    '/broken': {
      needs: 'nothing',
      remember: 'never',
      answer: () => Promise.reject(new TypeError('a secret')),
    },
  }

  readonly #endpoints = new Endpoints(
    this.#memory,
    {
      ...routesOf({ platform: this.platform, publicURL: undefined, assets: undefined }),
      ...this.#own,
    },
    this.platform.log,
  )

  async ask(target: string, init: RequestInit = {}): Promise<Response> {
    return this.#endpoints.respond(new Request(`http://host${target}`, init), new Afterwards())
  }

  adopt(revision: number): this {
    const snapshot = snapshotOf({ revision, models: [modelOf('claude-a')] })
    this.#memory.adopt({ kind: 'snapshot', snapshot })
    return this
  }
}

test.each(Object.entries(operations))('%s is answered in its type', async (path, { type }) => {
  const service = new Service().adopt(1)
  const [, version = ''] = /widget\/([^/]+)/.exec(await (await service.ask('/')).text()) ?? []
  const target = path.replace(':model_id', 'claude-a').replace(':version', version)
  const { headers, status } = await service.ask(target)
  expect([status, headers.get('content-type')]).toEqual([200, type])
  expect(headers.get('cache-control')).toMatch(/^(public, max-age=|no-store$)/)
})

describe('an answer that was made', () => {
  test('is there for the same path and query, also for its head and its tag', async () => {
    const service = new Service().adopt(1)
    const first = await service.ask('/v1/models?limit=5')
    const head = await service.ask('/v1/models?limit=5', { method: 'HEAD' })
    expect([head.status, head.body, first.body === null]).toEqual([200, null, false])
    expect([...head.headers]).toEqual([...first.headers])
    const tag = { headers: { 'if-none-match': first.headers.get('etag')! } }
    expect((await service.ask('/v1/models?limit=5', tag)).status).toBe(304)
  })

  test.each([
    // How many are made for three requests while nothing is held, and then with a view.
    ['/v1/models', 3, 2],
    ['/v1/changes', 3, 2],
    ['/v1/models/claude-a', 3, 1],
    ['/', 3, 1],
    ['/health', 3, 3],
    ['/llms.txt', 1, 1],
    ['/widget.js', 1, 1],
  ])('of %s serves any query where that means nothing', async (path, ...wanted) => {
    const service = new Service()
    const made: number[] = []
    for (const hold of [() => undefined, () => service.adopt(1)]) {
      hold()
      const ids = new Set<string | null>()
      for (const query of ['?x=1', '?x=2', '?x=1']) {
        ids.add((await service.ask(path + query)).headers.get('request-id'))
      }
      made.push(ids.size)
    }
    expect(made).toEqual(wanted)
  })

  test('goes with the view that it was made of, also where a later one comes meanwhile', async () => {
    const service = new Service().adopt(1)
    const ask = async (): Promise<string> => (await service.ask('/slow')).text()
    expect(await ask()).toBe('1')
    service.adopt(2).meanwhile = () => void service.adopt(3)
    expect([await ask(), await ask()]).toEqual(['2', '3'])
  })
})

test.each(
  '/v1/models/ /v1/models/claude-a/ // //v1/models /v1//models /V1/models /v1/models/a/b /openapi_json /v1%2Fmodels /*'.split(
    ' ',
  ),
)('%s leads nowhere', async (target) => {
  const response = await new Service().adopt(1).ask(target)
  expect(await response.json()).toMatchObject({ error: { message: 'Not found' } })
})

test.each<[string, RequestInit, number]>([
  ['/v1/models', { method: 'HEAD' }, 503],
  ['/nowhere', { method: 'HEAD' }, 404],
  ['/v1/models', { method: 'POST' }, 405],
  ['/llms.txt', { method: 'PROPFIND' }, 405],
  ['/llms.txt', { headers: { host: 'a/b' } }, 400],
  ['/nowhere', { method: 'OPTIONS', headers: { host: 'a/b' } }, 204],
])('%s with %j, where nothing is held: %i', async (target, init, wanted) => {
  const service = new Service()
  const { body, status } = await service.ask(target, init)
  expect([status, service.platform.lines]).toEqual([wanted, []])
  expect(body === null).toBe(init.method === 'HEAD' || init.method === 'OPTIONS')
})

test('a mistake of ours is told to the log alone', async () => {
  const service = new Service()
  const response = await service.ask('/broken')
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('secret')
  expect(service.platform.lines).toMatchObject([{ message: 'a secret' }])
})
