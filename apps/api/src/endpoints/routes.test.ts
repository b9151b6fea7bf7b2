import { describe, expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { Clock } from '../../test/world/clock.ts'
import { platformOn } from '../../test/world/platform.ts'
import { modelOf, START, viewOf } from '../../test/world/snapshots.ts'
import { operations } from '../contract/operations.ts'
import type { Answer } from '../http/answer.ts'
import type { Held } from '../memory/held.ts'
import { matcherOf, routesOf } from './routes.ts'

const routes = routesOf({
  platform: platformOn(new Clock(START)),
  publicURL: undefined,
  assets: undefined,
})
const match = matcherOf(routes)

const view = viewOf({ models: [modelOf('claude-a')] })
const held: Held = { kind: 'view', view }

/** The answer of the route that a target leads to. */
async function answerOf(target: string): Promise<Answer> {
  const { asked, route } = await match(target)
  if (route.needs === 'a view') return route.answer(view, asked)
  return route.needs === 'nothing' ? route.answer(asked) : route.answer(held)
}

/** The version of the widget that the page names. */
const { body } = await answerOf('/')
const [, widget = ''] = /widget\/([^/]+)/.exec(new TextDecoder().decode(body)) ?? []

describe('each path of the contract', () => {
  test.each(Object.entries(operations))('%s leads to its own route', async (path, { type }) => {
    const target = path.replace(':model_id', 'claude-a').replace(':version', widget)
    const found = await match(`${target}?limit=5`)
    expect(found.route).toBe(routes[path as keyof typeof routes])
    expect(found.path).toBe(target)
    expect(found.asked.query.toString()).toBe('limit=5')
    const { headers, status } = await answerOf(target)
    expect([status, headers.get('content-type')]).toEqual([200, type])
  })
})

test('a name in a path stays as it was written', async () => {
  for (const name of ['claude-a', 'a%2Fb', '%ff', '%', 'a;b=c', '__proto__', 'a:b@c']) {
    expect((await match(`/v1/models/${name}?x=/y`)).asked.name).toBe(name)
  }
})

test.each([
  '/v1/models/',
  '/health/',
  '/v1/models/claude-a/',
  '//v1/models',
  '//',
  '/v1//models',
  '/v1',
  '/V1/models',
  '/v1/models/a/b',
  '/v1/modelsx',
  '/v1/model',
  '/openapi_json',
  '/v1%2Fmodels',
  '/widget/0.1.0/widget.js/',
  '/constructor',
  '/:model_id',
  '/*',
])('%s leads nowhere', async (target) => {
  await expect(match(target)).rejects.toMatchObject({
    name: 'ClientError',
    status: 404,
    message: 'Not found',
  })
})

test('what does not depend on the models is made once', async () => {
  for (const target of ['/openapi.json', '/llms.txt', '/widget.js']) {
    expect(await answerOf(target)).toBe(await answerOf(target))
  }
})

test('the health is that of the moment', async () => {
  expect(bodyOf(await answerOf('/health'))).toMatchObject({ status: 'ok', age_seconds: 0 })
})
