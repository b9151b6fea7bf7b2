import { beforeEach, describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { Afterwards, platformOn } from '../../test/world/platform.ts'
import { snapshotOf, START } from '../../test/world/snapshots.ts'
import { type Answer, textAnswer } from '../http/answer.ts'
import { Memory } from '../memory/memory.ts'
import type { Sources } from '../memory/sources.ts'
import { Endpoints } from './endpoints.ts'
import type { Route } from './routes.ts'

const nothing = (): Promise<undefined> => Promise.resolve(undefined)

/** A service whose routes count how often they were asked. */
class Service {
  readonly memory = new Memory({
    sources: { kv: nothing, copy: nothing, knock: nothing } as Partial<Sources> as Sources,
    isHidden: () => false,
    platform: platformOn(new Clock(START)),
  })
  made = 0
  /** What happens while an answer is made. */
  meanwhile = (): void => undefined

  readonly #endpoints = new Endpoints(
    this.memory,
    {
      '/by-url': this.#ofView('url'),
      '/by-path/:name': this.#ofView('path'),
      '/held': this.#ofHeld('path'),
      '/moment': this.#ofHeld('never'),
      '/file': { needs: 'nothing', remember: 'never', answer: () => this.#answer('file') },
      '/broken': {
        needs: 'nothing',
        remember: 'never',
        answer: () => {
          throw new TypeError('a secret')
        },
      },
    },
    (line) => void lines.push(JSON.stringify(line)),
  )

  ask(target: string, init: RequestInit = {}): Promise<Response> {
    const request = new Request(`http://host${target}`, init)
    return Promise.resolve(this.#endpoints.respond(request, new Afterwards()))
  }

  async text(target: string): Promise<string> {
    return (await this.ask(target)).text()
  }

  adopt(revision: number): this {
    this.memory.adopt({ kind: 'snapshot', snapshot: snapshotOf({ revision }) })
    return this
  }

  #ofView(remember: 'url' | 'path'): Route {
    return {
      needs: 'a view',
      remember,
      answer: ({ snapshot }, { name, query }) =>
        this.#answer(`${snapshot.revision} ${name} ${query.toString()}`),
    }
  }

  #ofHeld(remember: 'never' | 'path'): Route {
    return { needs: 'what is held', remember, answer: ({ kind }) => this.#answer(kind) }
  }

  #answer(text: string): Promise<Answer> {
    this.made += 1
    this.meanwhile()
    return textAnswer(text, 'text/plain', { policy: 'data' })
  }
}

const lines: string[] = []

beforeEach(() => {
  lines.length = 0
})

describe('an answer that was made', () => {
  test('is there for the exact path and query, whatever the host, the method and the headers', async () => {
    const service = new Service().adopt(1)
    const first = await service.ask('/by-url?limit=5')
    expect(await first.text()).toBe('1  limit=5')
    const head = await service.ask('/by-url?limit=5', { method: 'HEAD' })
    expect([head.status, head.body]).toEqual([200, null])
    expect([...head.headers]).toEqual([...first.headers])
    const tag = { headers: { 'if-none-match': first.headers.get('etag')! } }
    expect((await service.ask('/by-url?limit=5', tag)).status).toBe(304)
    expect(service.made).toBe(1)
    expect(await service.text('/by-url?limit=05')).toBe('1  limit=05')
    expect(service.made).toBe(2)
  })

  test('of a path alone is there for any query', async () => {
    const service = new Service().adopt(1)
    expect(await service.text('/by-path/a?x=1')).toBe('1 a x=1')
    expect(await service.text('/by-path/a?x=2')).toBe('1 a x=1')
    expect(await service.text('/by-path/a')).toBe('1 a x=1')
    expect(await service.text('/by-path/b')).toBe('1 b ')
    expect(await service.text('/held?x=1')).toBe('view')
    expect(await service.text('/held')).toBe('view')
    expect(service.made).toBe(3)
  })

  test('of the moment, or of nothing that is held, is made each time', async () => {
    const service = new Service()
    for (const target of ['/held', '/moment', '/file']) {
      await service.ask(target)
      await service.ask(target)
    }
    expect(service.made).toBe(6)
    await service.adopt(1).ask('/moment')
    await service.ask('/moment')
    expect(service.made).toBe(8)
    expect(await service.text('/held')).toBe('view')
  })

  test('goes with the view that it was made of', async () => {
    const service = new Service().adopt(1)
    expect(await service.text('/by-url')).toBe('1  ')
    expect(await service.adopt(2).text('/by-url')).toBe('2  ')
  })

  test('is not remembered where a later view has come meanwhile', async () => {
    const service = new Service().adopt(1)
    service.meanwhile = () => void service.adopt(2)
    expect(await service.text('/by-url')).toBe('1  ')
    expect(await service.text('/by-url')).toBe('2  ')
    expect(service.made).toBe(2)
  })
})

describe('a request that is not answered', () => {
  test.each<[string, string, RequestInit, number, string]>([
    ['leads nowhere', '/nowhere', {}, 404, 'not_found_error'],
    ['wants to change something', '/by-url', { method: 'POST' }, 405, 'invalid_request_error'],
    ['has another method', '/file', { method: 'PROPFIND' }, 405, 'invalid_request_error'],
    [
      'has a host that is none',
      '/file',
      { headers: { host: 'a/b' } },
      400,
      'invalid_request_error',
    ],
  ])('because it %s', async (_, target, init, status, type) => {
    const service = new Service().adopt(1)
    const response = await service.ask(target, init)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ type: 'error', error: { type } })
    expect([service.made, lines]).toEqual([0, []])
  })

  test('where there is nothing to serve is told when to come back', async () => {
    const service = new Service()
    const response = await service.ask('/by-url')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30'])
    expect(await service.adopt(1).text('/by-url')).toBe('1  ')
  })

  test('has no body where only the head was asked for', async () => {
    const { body, headers, status } = await new Service().ask('/nowhere', { method: 'HEAD' })
    expect([status, body]).toEqual([404, null])
    expect(headers.get('content-length')).toMatch(/^\d+$/)
  })

  test('because of a mistake of ours says nothing of it but in the log', async () => {
    const response = await new Service().ask('/broken')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(lines).toEqual([expect.stringContaining('a secret')])
  })
})

test('a preflight is answered whatever its path and its host', async () => {
  const init = { method: 'OPTIONS', headers: { host: 'a/b' } }
  expect((await new Service().ask('/nowhere', init)).status).toBe(204)
})
