import { type ChildProcess, spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { listen } from '@models-edge/testing/listener'
import type { Browser } from './browser.ts'

const keys: Readonly<Record<string, string>> = {
  Tab: '\uE004',
  Enter: '\uE007',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
}

/** WebKitGTK's own small browser, driven by WebDriver's HTTP and nothing else. One tab at a time. */
export async function startWebKit(): Promise<Browser> {
  const port = await freePort()
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
  })
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    })
    const { value } = (await answer.json()) as {
      value: { error?: string; message?: string } | null
    }
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`)
    return value
  }
  await ready(driver, () => call('GET', '/status'))
  const [binary] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')
  const { sessionId } = (await call('POST', '/session', {
    capabilities: {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
    },
  })) as { sessionId: string }
  const session = `/session/${sessionId}`
  await call('POST', `${session}/timeouts`, { script: 60_000 })

  return {
    async open(url, { width }) {
      if (width) await call('POST', `${session}/window/rect`, { width, height: 1300 })
      await call('POST', `${session}/url`, { url })
      return {
        evaluate: async (run: (argument: never) => unknown, argument?: unknown) => {
          const script = `const done = arguments[1]
            Promise.resolve(arguments[0]).then(${String(run)}).then(
              (value) => done({ value }), (error) => done({ error: String(error) }))`
          const args = [argument ?? null]
          const told = await call('POST', `${session}/execute/async`, { script, args })
          const { value, error } = told as { value: never; error?: string }
          if (error !== undefined) throw new Error(error)
          return value
        },
        press: async (key) => {
          const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: keys[key] ?? key }))
          await call('POST', `${session}/actions`, {
            actions: [{ type: 'key', id: 'keyboard', actions }],
          })
        },
        picture: async () =>
          Buffer.from((await call('GET', `${session}/screenshot`)) as string, 'base64'),
        close: async () => {
          await call('POST', `${session}/url`, { url: 'about:blank' })
        },
      }
    },
    async close() {
      await call('DELETE', session)
      driver.kill()
    },
  }
}

/** Asks until it answers, or has ended. */
async function ready(driver: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
  while (!(await ask().catch(() => undefined))) {
    if (driver.exitCode !== null) throw new Error('WebKitWebDriver has ended')
    await setTimeout(50)
  }
}

async function freePort(): Promise<string> {
  await using listener = await listen(() => {})
  return new URL(listener.origin).port
}
