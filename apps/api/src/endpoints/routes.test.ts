import { expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { platformOn } from '../../test/world/platform.ts'
import { START } from '../../test/world/snapshots.ts'
import { matcherOf, routesOf } from './routes.ts'

const platform = platformOn(new Clock(START))
const routes = routesOf({ platform, publicURL: undefined, assets: undefined })
const match = matcherOf(routes)

test.each(Object.keys(routes))('%s leads to its own route', async (path) => {
  const { asked, ...found } = await match(`${path}?limit=/5`)
  expect(found).toEqual({ path, route: routes[path as keyof typeof routes] })
  expect(String(asked.query)).toBe('limit=%2F5')
})

test.each([
  '/v1/models/',
  '/v1/models/claude-a/',
  '//',
  '//v1/models',
  '/v1//models',
  '/V1/models',
  '/v1/models/a/b',
  '/openapi_json',
  '/v1%2Fmodels',
  '/*',
])('%s leads nowhere', async (target) => {
  const error = { name: 'ClientError', status: 404, message: 'Not found' }
  await expect(match(target)).rejects.toMatchObject(error)
})
