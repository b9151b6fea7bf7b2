import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, inject } from 'vitest'
import { createTestHarness } from 'wrangler'

interface Options {
  /** The origin of its upstream, once that is known. */
  readonly upstream: () => string
  readonly key?: string
}

export interface Service {
  readonly origin: string
  /** A tick of the cron, as if it were that many hours later. */
  tick(hours?: number): Promise<void>
  /** Everything that it has logged so far. */
  log(): string
  /** Everything that KV holds. */
  stored(): Promise<string>
}

/** The production bundle as wrangler runs it, on a port of its own while a test file runs. */
export function useService({ upstream, key = 'stand-in-key' }: Options): Service {
  const server = createTestHarness()
  const worker = () => server.getWorker<{ CATALOG: Namespace }>()
  let origin = ''
  beforeAll(async () => {
    await server.update({
      workers: [
        {
          configPath: fileURLToPath(new URL('../../wrangler.jsonc', import.meta.url)),
          prebuiltWorkerDir: inject('bundle'),
          vars: { ANTHROPIC_BASE_URL: upstream(), HIDDEN_MODELS: '', EXTRA_ALIASES: '' },
          secrets: { ANTHROPIC_API_KEY: key },
        },
      ],
    })
    origin = (await server.listen()).url.origin
  })
  afterAll(() => server.close())

  return {
    get origin() {
      return origin
    },
    async tick(hours = 0) {
      const scheduledTime = new Date(Date.now() + hours * 3_600_000)
      await worker().scheduled({ cron: '*/5 * * * *', scheduledTime })
    },
    log: () => JSON.stringify(server.getLogs()),
    async stored() {
      const { CATALOG } = await worker().getEnv()
      const { keys } = await CATALOG.list()
      const values = await Promise.all(keys.map(({ name }) => CATALOG.get(name)))
      return JSON.stringify([keys, values])
    },
  }
}

/** The part of a KV namespace that is used here. */
interface Namespace {
  list(): Promise<{ readonly keys: readonly { readonly name: string }[] }>
  get(name: string): Promise<string | null>
}
