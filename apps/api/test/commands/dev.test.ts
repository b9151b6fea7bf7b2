import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { listen } from '@models-edge/testing/listener'

const folder = fileURLToPath(new URL('../..', import.meta.url))

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  await using listener = await listen((_, response) => response.end())
  return new URL(listener.origin).port
}

async function settings(more: Record<string, string> = {}): Promise<NodeJS.ProcessEnv> {
  const [api, upstream] = [await freePort(), await freePort()]
  // An empty key is none, whatever a developer has in a file.
  const none = { ANTHROPIC_API_KEY: '', ANTHROPIC_BASE_URL: '' }
  return { ...process.env, ...none, API_PORT: api, UPSTREAM_PORT: upstream, ...more }
}

/** A bare machine does not know the name. */
function local(url: string): string {
  return url.replace('localhost', '127.0.0.1')
}

test('the development server says what to try, all of it works, and it ends when told', async () => {
  const env = await settings()
  const child = spawn(process.execPath, ['dev/main.ts'], { cwd: folder, env })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => (said += text.toString()))
  }
  const exited = once(child, 'exit')
  try {
    await expect.poll(() => said, { timeout: 40_000 }).toContain('Stop it with Ctrl+C.')
    const origin = `http://localhost:${env['API_PORT']}`
    expect(said).toMatch(/^\d\d:\d\d:\d\d {2}Synced: 20 models, \d+ changes\.$/m)
    expect(said).toContain(`Or open ${origin} in a browser.`)
    const commands = Array.from(said.matchAll(/^ {2}curl '?(\S+?)'?$/gm), ([, url]) => url!)
    expect(commands).toHaveLength(3)
    for (const url of commands) expect([url, (await fetch(local(url))).status]).toEqual([url, 200])
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['smoke/main.ts', local(origin)],
      { cwd: folder },
    )
    expect(stdout).toContain('is well.')
  } finally {
    child.kill('SIGINT')
    expect(await exited).toEqual([0, null])
  }
})

test.each([
  [
    { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'ftp://x' },
    /^ANTHROPIC_BASE_URL must be an http or https/,
  ],
  [{ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'https://a:b@x' }, /^ANTHROPIC_BASE_URL must be/],
  [{ API_PORT: 'x' }, /^API_PORT is "x"; set it to a port from 1 to 65535/],
])('%j is refused in one sentence, with the mend', async (more, sentence) => {
  const env = await settings(more)
  const run = promisify(execFile)(process.execPath, ['dev/main.ts'], { cwd: folder, env })
  const { code, stderr } = (await run.catch((error: unknown) => error)) as {
    code: number
    stderr: string
  }
  expect(code).toBe(1)
  expect(stderr).toMatch(sentence)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('a server that is not there is named, with what to look at', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`
  const env = await settings({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: nobody })
  const child = spawn(process.execPath, ['dev/main.ts'], { cwd: folder, env })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  const exited = once(child, 'exit')
  try {
    await expect.poll(() => said, { timeout: 40_000 }).toContain('Stop it with Ctrl+C.')
    expect(said).toMatch(/Sync failed \(\w+\)/)
    expect(said).toContain('Check ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL')
    expect(said).not.toContain("'k'")
  } finally {
    child.kill('SIGINT')
    await exited
  }
})
