import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { released } from '../../test/world/assets.ts'
import { Afterwards, platformOn } from '../../test/world/platform.ts'
import { changeAt, modelOf, snapshotOf, START } from '../../test/world/snapshots.ts'
import { parametersOf, paths, targetsOf } from '../../test/world/targets.ts'
import { departures } from '../../test/contract.ts'
import { textAnswer } from '../http/answer.ts'
import { Memory } from '../memory/memory.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { changeId } from '../snapshot/cursor.ts'
import { Endpoints } from './endpoints.ts'
import { type Route, routesOf } from './routes.ts'
import { widgetFile } from './widget/file.ts'

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
      reads: [],
      answer: ({ changes }) => {
        this.meanwhile()
        return textAnswer(`${changes.items[0]?.id}`, 'text/plain', { policy: 'data' })
      },
    },
    '/broken': {
      needs: 'nothing',
      answer: () => Promise.reject(new TypeError('a secret')),
    },
  }

  readonly routes: Readonly<Record<string, Route>> = {
    ...routesOf({ platform: this.platform, publicURL: undefined, assets: released }),
    ...this.#own,
  }
  readonly #endpoints = new Endpoints(this.#memory, this.routes, this.platform.log)

  async ask(target: string, init: RequestInit = {}): Promise<Response> {
    return this.#endpoints.respond(new Request(`http://host${target}`, init), new Afterwards())
  }

  adopt(revision: number): this {
    const changes = [changeAt(revision, 'claude-haiku-4-5')]
    const models = [modelOf('claude-haiku-5-5', { line: 'haiku' }), modelOf('claude-haiku-4-5')]
    return this.hold(snapshotOf({ revision, models, changes }))
  }

  hold(snapshot: Snapshot): this {
    this.#memory.adopt({ kind: 'snapshot', snapshot })
    return this
  }
}

const { path: pinned } = await widgetFile()

test.each(paths)('%s is answered as the contract says', async (path, operation) => {
  const examples = targetsOf(path, operation)
  const [first = '', ...others] = path.includes(':version') ? [pinned, ...examples] : examples
  const full = new Service().adopt(1)
  expect((await full.ask(first)).status).toBe(200)
  for (const service of [full, new Service()]) {
    for (const target of [first, ...others]) {
      const { body, headers, status } = await service.ask(target)
      const text = await new Response(body).text()
      const answered = { method: 'GET', url: `http://host${target}`, status, headers, body: text }
      expect(departures(answered)).toEqual([])
    }
  }
})

test.each(paths)('%s reads of a query what the contract has for it', async (path, operation) => {
  const names = parametersOf('query', operation).map(({ name }) => name)
  const service = new Service().adopt(1)
  for (const name of names) {
    const { status } = await service.ask(`${path}?${name}=%00`)
    // Any text can be the name of a model.
    expect([name, status]).toEqual([name, name === 'model' ? 404 : 400])
  }
})

describe('an answer that was made', () => {
  test('is there for the same path and query, also for its head and its tag', async () => {
    const service = new Service().adopt(1)
    await service.ask('/v1/models?limit=5')
    const first = await service.ask('/v1/models?limit=5')
    const head = await service.ask('/v1/models?limit=5', { method: 'HEAD' })
    expect([head.status, head.body, first.body === null]).toEqual([200, null, false])
    const length = ['content-length', String((await first.text()).length)]
    expect(new Set(head.headers)).toEqual(new Set([...first.headers, length]))
    const tag = { headers: { 'if-none-match': first.headers.get('etag')! } }
    expect((await service.ask('/v1/models?limit=5', tag)).status).toBe(304)
  })

  test.each(paths)('of %s serves any query where that means nothing', async (path, operation) => {
    const service = new Service().adopt(1)
    const route = service.routes[path]!
    if (route.needs === 'nothing') return
    const [target = ''] = targetsOf(path, operation)
    const ids = new Set<string | null>()
    for (const query of ['?x=1', '?x=2', '?x=1']) {
      ids.add((await service.ask(target + query)).headers.get('request-id'))
    }
    // An answer is kept when it was made twice.
    expect(ids.size).toBe('isRemembered' in route && !route.isRemembered ? 3 : 2)
  })

  test('tells its length in bytes where only its head is asked for', async () => {
    const service = new Service()
    const snapshot = snapshotOf({ models: [modelOf('a', { display_name: 'Clö 🌍' })] })
    service.hold(snapshot)
    const whole = await (await service.ask('/v1/models/a')).bytes()
    const { headers } = await service.ask('/v1/models/a', { method: 'HEAD' })
    expect(headers.get('content-length')).toBe(String(whole.byteLength))
  })

  test('is another one for each page, however its query is written', async () => {
    const service = new Service().adopt(1)
    await service.ask('/v1/models')
    for (const query of ['limit=x', 'x&limit=x', 'limi%74=x']) {
      expect((await service.ask(`/v1/models?${query}`)).status).toBe(400)
    }
  })

  test.each([
    [404, '/v1/models/none', 2],
    [400, '/v1/models?limit=x', 3],
    [404, '/nowhere', 3],
    [200, `/v1/models?${'x'.repeat(502)}`, 3],
  ])('of status %i for %s has so many ids in three times: %i', async (status, target, many) => {
    const service = new Service().adopt(1)
    const ids = new Set<string | null>()
    for (let time = 0; time < 3; time += 1) {
      const response = await service.ask(target)
      expect(response.status).toBe(status)
      ids.add(response.headers.get('request-id'))
    }
    expect(ids.size).toBe(many)
  })

  test('goes with the view that it was made of, also where a later one comes meanwhile', async () => {
    const service = new Service().adopt(1)
    const ask = async (): Promise<string> => (await service.ask('/slow')).text()
    expect(await ask()).toBe(changeId(1))
    service.adopt(2).meanwhile = () => void service.adopt(3)
    expect([await ask(), await ask()]).toEqual([changeId(2), changeId(3)])
  })
})

test.each([
  ['/v1/./models', 200],
  ['/v1/x/../models', 200],
  ['/v1/models/%2e%2e', 404],
  ['/v1/models/a/%2E%2E/claude-haiku-4-5', 200],
  ['/v1\\models', 200],
  ['/v1/models?x?limit=x', 200],
  ['/v1/models??limit=x', 200],
  ['/v1/models??%6cimit=x', 200],
  ['/v1/models?&limit=x', 400],
])('%s is read as URLs are: %i', async (target, status) => {
  expect((await new Service().adopt(1).ask(target)).status).toBe(status)
})

test.each(
  '/v1/models/ /v1/models/claude-a/ // //v1/models /v1//models /V1/models /v1/models/a/b /a/v1/v1/models /v1/v1beta /openapi_json /v1%2Fmodels /*'.split(
    ' ',
  ),
)('%s leads nowhere', async (target) => {
  const response = await new Service().adopt(1).ask(target)
  expect(await response.json()).toMatchObject({ error: { message: 'Not found' } })
})

test.each(['/v1/v1/models', '/v1/v1/models/claude-haiku-4-5?a=1', '/v1//v1/models', '/v1/v1'])(
  'at %s a base URL that ends in /v1 is told so',
  async (target) => {
    const response = await new Service().adopt(1).ask(target)
    expect(response.status).toBe(404)
    const message = 'Not found: the path begins with /v1/v1. The base URL must end before /v1'
    expect(await response.json()).toMatchObject({ error: { message } })
  },
)

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
