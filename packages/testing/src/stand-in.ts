import { afterAll, afterEach, beforeAll } from 'vitest'
import { createTestHarness } from 'wrangler'

/** The stand-in for Anthropic's API, as a test talks to it. */
export interface StandIn {
  readonly key: string
  readonly origin: string
  /** Plans a fault for the next request, or for `times` of them. */
  misbehave(options: Record<string, string>): Promise<void>
  /** How often the Models API was called in this test. */
  calls(): Promise<number>
}

/** Runs the stand-in while a test file runs. It forgets its plans after every test. */
export function useStandIn(configPath: string): StandIn {
  const server = createTestHarness({ workers: [{ configPath }] })
  let origin = ''
  beforeAll(async () => {
    origin = (await server.listen()).url.origin
  })
  afterEach(() => post('/stand-in/reset'))
  afterAll(() => server.close())

  async function post(path: string): Promise<void> {
    const response = await fetch(origin + path, { method: 'POST' })
    if (!response.ok) throw new Error(await response.text())
  }

  return {
    key: 'stand-in-key',
    get origin() {
      return origin
    },
    misbehave: (options) => post(`/stand-in/faults?${new URLSearchParams(options)}`),
    async calls() {
      const { calls } = (await (await fetch(`${origin}/stand-in`)).json()) as { calls: number }
      return calls
    },
  }
}
