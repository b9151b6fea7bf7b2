import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Listener, listen } from '@models-edge/testing/listener'
import { useService } from '../started/service.ts'
import { useStandIn } from '../started/stand-in.ts'

const standIn = useStandIn()
const service = useService({ upstream: () => standIn.origin })
const script = fileURLToPath(new URL('../../smoke/main.ts', import.meta.url))

beforeAll(() => service.tick())

async function smoke(...addresses: string[]): Promise<{ code: number; out: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...addresses])
    return { code: 0, out: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout + stderr }
  }
}

test('a service that is well passes every check', async () => {
  const { code, out } = await smoke(service.origin)
  const names = out
    .trim()
    .split('\n')
    .map((line) => line.slice(0, 12).trimEnd())
  expect(out).toMatch(/^ok {4}health: 20 models, \d+ seconds old$/m)
  expect(names.filter((line) => line.startsWith('ok'))).toHaveLength(7)
  expect(out).toContain(`${service.origin} is well.`)
  expect(code).toBe(0)
})

interface Answer {
  status: number
  readonly headers: Record<string, string>
  body: string
}

/** The service behind something that changes its answers. */
function behind(change: (answer: Answer, path: string) => unknown): Promise<Listener> {
  return listen(async ({ headers, method, url = '' }, response) => {
    const { 'if-none-match': etag } = headers
    const real = await fetch(service.origin + url, {
      ...(method && { method }),
      headers: {
        'access-control-request-headers': 'authorization',
        ...(etag && { 'if-none-match': etag }),
      },
    })
    const answer = {
      status: real.status,
      headers: Object.fromEntries(real.headers),
      body: await real.text(),
    }
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding'])
      delete answer.headers[name]
    change(answer, url)
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
}

describe('what is wrong is said in words', () => {
  test.each<[string, (answer: Answer, path: string) => unknown, RegExp]>([
    [
      'pages may not read it',
      ({ headers }) => delete headers['access-control-allow-origin'],
      /^FAIL {2}CORS: pages may not read \/v1\/models: something in front of the Worker/m,
    ],
    [
      'tags are taken off',
      ({ headers }) => delete headers['etag'],
      /^FAIL {2}304: there is no ETag/m,
    ],
    [
      'the widget is another one',
      (answer, path) => path.endsWith('widget.js') && (answer.body += ' '),
      /^FAIL {2}widget: \/widget\/\S+ has the hash sha384-\S+, and the page says sha384-/m,
    ],
    [
      'the widget may not be kept',
      ({ headers }) => (headers['cache-control'] = 'no-store'),
      /^FAIL {2}widget: .* may not be kept for good/m,
    ],
    [
      'the key is refused',
      (answer, path) =>
        path === '/health' &&
        (answer.body = JSON.stringify({
          status: 'down',
          last_failure: { reason: 'unauthorized', in_a_row: 3 },
        })),
      /^FAIL {2}health: there is nothing to serve \(unauthorized\)\. Anthropic refuses the key: set another/m,
    ],
    [
      'the cron does not run',
      (answer, path) =>
        path === '/health' &&
        (answer.body = answer.body.replace(/"age_seconds":\d+/, '"age_seconds":4000')),
      /^FAIL {2}health: the data is 4000 seconds old\. Does the cron trigger exist/m,
    ],
    [
      'another page answers',
      (answer) => {
        answer.body = '<!doctype html>'
        answer.headers['content-type'] = 'text/html'
      },
      /^FAIL {2}list: \/v1\/models answers 200 with text\/html, not JSON/m,
    ],
    [
      'unknown paths are redirected',
      (answer, path) => path === '/nowhere' && (answer.status = 302),
      /^FAIL {2}errors: an unknown path answers 302/m,
    ],
    [
      'models that do not exist are found',
      (answer, path) => path.includes('no-such') && (answer.status = 200),
      /^FAIL {2}get: a model that does not exist answers 200, not 404/m,
    ],
    [
      'pages do not follow each other',
      (answer, path) =>
        path.includes('after_id') &&
        (answer.body = answer.body.replace(/"id":"[^"]+"/, `"id":"${path.split('=').at(-1)}"`)),
      /^FAIL {2}list: the next page does not come after the first/m,
    ],
  ])('%s', async (_, change, sentence) => {
    await using broken = await behind(change)
    const { code, out } = await smoke(broken.origin)
    expect(out).toMatch(sentence)
    expect(out).toMatch(/: \d of 7 failed\.$/m)
    expect(code).toBe(1)
  })

  test('nothing has been synced yet', async () => {
    const message = 'There is no list of models yet'
    await using empty = await behind((answer, path) => {
      if (!path.startsWith('/v1/models')) return
      answer.status = 503
      answer.body = JSON.stringify({ type: 'error', error: { type: 'api_error', message } })
    })
    const { out } = await smoke(empty.origin)
    expect(out).toMatch(
      /^FAIL {2}list: \/v1\/models\?limit=2 answers 503: There is no list of models yet$/m,
    )
    expect(out).not.toContain('undefined')
  })

  test('nobody is there', async () => {
    const { code, out } = await smoke('http://127.0.0.1:9')
    expect(out).toMatch(/^FAIL {2}health: .*(bad port|ECONNREFUSED)/m)
    expect(code).toBe(1)
  })

  test('an address with a path', async () => {
    const { code, out } = await smoke('https://models.example/v1/models')
    expect(out).toBe('Give the address without a path: pnpm run smoke https://models.example\n')
    expect(code).toBe(2)
  })

  test.each([[[]], [['models.example']], [['ftp://models.example']]])(
    'no address: %j',
    async (given) => {
      const { code, out } = await smoke(...given)
      expect(out).toBe('Which service? pnpm run smoke https://models.example\n')
      expect(code).toBe(2)
    },
  )
})
