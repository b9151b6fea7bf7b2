import { listen } from '@models-edge/testing/listener'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { load } from './load.ts'

const options = { paths: ['/a', '/b', '/c'], status: 200, connections: 2, seconds: 30 }
let urls: string[] = []
let server: Awaited<ReturnType<typeof listen>>

beforeEach(async () => {
  urls = []
  server = await listen(({ url = '' }, response) => {
    urls.push(url)
    const [status, length] = url === '/missing' ? [404, 2] : [200, 200_000]
    response.writeHead(status, { 'content-length': length }).end('x'.repeat(length))
  })
})
afterEach(() => server.close())

test('as many requests are sent as were asked for, their paths in turn', async () => {
  const { requests, seconds } = await load({
    ...options,
    origin: server.origin,
    requests: 7,
  })
  expect(requests).toBe(7)
  expect(urls.toSorted()).toEqual(['/a', '/a', '/a', '/b', '/b', '/c', '/c'])
  expect(seconds).toBeGreaterThan(0)
})

test('there are never more connections than requests', async () => {
  const { requests } = await load({ ...options, origin: server.origin, requests: 1 })
  expect([requests, urls.length]).toEqual([1, 1])
})

test('without a number, it ends when the time is over', async () => {
  const { requests, seconds } = await load({ ...options, origin: server.origin, seconds: 0.05 })
  expect(seconds).toBeGreaterThanOrEqual(0.05)
  expect(urls).toHaveLength(requests)
})

test('an answer of another status is a failure, not a fast answer', async () => {
  const wrong = load({ ...options, origin: server.origin, paths: ['/missing'], requests: 1 })
  await expect(wrong).rejects.toThrow('Expected 200 and a length')
})

test('a server that hangs up is a failure', async () => {
  const { origin } = server
  await server.close()
  const rude = await listen((request) => request.socket.destroy())
  await expect(load({ ...options, origin: rude.origin })).rejects.toThrow()
  await rude.close()
  await expect(load({ ...options, origin })).rejects.toThrow()
})

test('an answer that does not say its length is a failure', async () => {
  const chunked = await listen((_, response) => {
    response.write('a')
    response.end('b')
  })
  const lengthless = load({ ...options, origin: chunked.origin, requests: 1 })
  await expect(lengthless).rejects.toThrow('a length')
  await chunked.close()
})
