import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { listen } from '@models-edge/testing/listener'
import { run } from './run.ts'

const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  await using listener = await listen((_, response) => response.end())
  return new URL(listener.origin).port
}

async function settings(more: Record<string, string> = {}): Promise<Record<string, string>> {
  // An empty one is none, whatever a developer has in a file.
  const none = { ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: '', HIDDEN_MODELS: '' }
  return { ...none, API_PORT: await freePort(), UPSTREAM_PORT: await freePort(), ...more }
}

/** The development server, once it says that it is ready; then comes Ctrl+C, which a whole group gets. */
async function started(
  env: Readonly<Record<string, string>>,
  look: (said: string) => unknown,
): Promise<unknown> {
  const options = { cwd: pathOf('../..'), env: { ...process.env, ...env }, detached: true }
  const child = spawn(process.execPath, ['dev/main.ts'], options)
  const exited = once(child, 'exit')
  const complaints = text(child.stderr)
  let said = ''
  try {
    // Left open: who writes to nobody ends at once.
    for await (const part of child.stdout.iterator({ destroyOnReturn: false })) {
      said += String(part)
      if (said.includes('Stop it with Ctrl+C.')) break
    }
    child.stdout.resume()
    await look(said)
  } finally {
    process.kill(-child.pid!, 'SIGINT')
    await exited
  }
  return [await exited, await complaints]
}

test('the development server says what the README shows, all of it works, and it ends when told', async () => {
  const env = await settings()
  const readme = readFileSync(pathOf('../../../../README.md'), 'utf8')
  const [, shown = ''] = /^```\n(models-edge serves .*?)^```/ms.exec(readme) ?? []
  const ended = await started(env, async (said) => {
    expect(said).toMatch(/^\d\d:\d\d:\d\d {2}Synced: 20 models, \d+ changes\.$/m)
    expect(said).toContain(shown.replaceAll('8787', env['API_PORT']!))
    const urls = Array.from(said.matchAll(/^ {2}curl '?(\S+?)'?$/gm), ([, url = '']) =>
      // A bare machine does not know the name.
      url.replace('localhost', '127.0.0.1'),
    )
    expect(urls).toHaveLength(3)
    for (const url of urls) expect([url, (await fetch(url)).status]).toEqual([url, 200])
    const smoke = await run(['smoke/main.ts', `http://127.0.0.1:${env['API_PORT']}`])
    expect(smoke.out).toContain('is well.')
  })
  expect(ended).toEqual([[0, null], ''])
})

test('a server that is not there is named, with what to look at', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`
  const env = await settings({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: nobody })
  await started(env, (said) => {
    expect(said).toMatch(/Sync failed \(\w+\)/)
    expect(said).toContain('Check ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL')
  })
})

test('what is hidden in the environment is hidden, and not counted', async () => {
  const env = await settings({ HIDDEN_MODELS: 'claude-haiku-*' })
  await started(env, async (said) => {
    const [, all, current] = /serves (\d+) models \((\d+) current/.exec(said) ?? []
    const list = await (await fetch(`http://127.0.0.1:${env['API_PORT']}/v1/models`)).text()
    expect(list).not.toContain('claude-haiku')
    expect(Number(all)).toBeLessThan(20)
    expect(JSON.parse(list).data).toHaveLength(Number(current))
  })
})

test('a port that somebody has is named, with what chooses another', async () => {
  await using somebody = await listen((_, response) => response.end())
  const { port } = new URL(somebody.origin)
  const { code, out } = await run(['dev/main.ts'], await settings({ API_PORT: port }))
  const busy = `Port ${port} is busy; stop what listens there, or set API_PORT to another`
  expect([code, out.trim().split('\n').at(-1)]).toEqual([1, busy])
})

const wrongUpstream = 'ANTHROPIC_BASE_URL must be an http or https address'
test.each([
  [{ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'ftp://x' }, wrongUpstream],
  [{ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'https://a:b@x' }, wrongUpstream],
  [{ API_PORT: 'x' }, 'API_PORT is "x"; set it to a port from 1 to 65535'],
])('%j is refused in one sentence, with the mend', async (more, sentence) => {
  const { code, out } = await run(['dev/main.ts'], await settings(more))
  expect([code, out.trim().split('\n')]).toEqual([1, [expect.stringContaining(sentence)]])
})

test.each(['18.20.8', '22.12.0', '23.9.0', '24.0.0', '100.0.0'])('Node %s', async (version) => {
  const node = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
  const { out } = await run(['--eval', `${node}; require('../../need-node.cjs')`])
  const wanted = `models-edge needs Node 24 or newer, and this is ${version}: install it from https://nodejs.org`
  expect(out.startsWith(wanted) || out).toBe(Number.parseInt(version, 10) >= 24 ? '' : true)
})
