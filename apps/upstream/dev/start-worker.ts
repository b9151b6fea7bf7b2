import { once } from 'node:events'
import { createServer } from 'node:net'
import { unstable_startWorker as startWorker } from 'wrangler'

// Wrangler would ask a server of Cloudflare's where in the world this machine is.
process.env['CLOUDFLARE_CF_FETCH_ENABLED'] ??= 'false'

// Not by its name: a bare machine does not know it.
const HOST = '127.0.0.1'

// Ctrl+C reaches the runtime, too; leaving at once keeps wrangler from reporting that as a crash.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0))

type StartOptions = Parameters<typeof startWorker>[0]
type DevWorker = Awaited<ReturnType<typeof startWorker>>

interface Options {
  /** The path of the Worker's wrangler.jsonc. */
  readonly config: string
  readonly port: number
  /** The variable that chooses the port, for the message when it is busy. */
  readonly portVariable: string
  /** Variables and secrets in place of those in the Worker's own files. */
  readonly bindings?: StartOptions['bindings']
  /** Gets each line that the Worker logs. */
  readonly onLog?: (line: string) => void
}

/** Runs a Worker on a port of this machine, and again whenever one of its files changes. */
export async function startOnPort(options: Options): Promise<DevWorker> {
  const { bindings, config, onLog, port, portVariable } = options
  await refuseBusy(port, portVariable)
  const worker = await startWorker({
    config,
    ...(bindings && { bindings }),
    dev: {
      server: { hostname: HOST, port },
      inspector: false,
      logLevel: 'warn',
      persist: false,
      watch: true,
      ...(onLog && {
        structuredLogsHandler: ({ message }: { readonly message: string }) => onLog(message),
      }),
    },
  })
  await worker.ready
  return worker
}

/** The port that a variable of the environment names, or the usual one. */
export function portFrom(variable: string, usual: number): number {
  const text = process.env[variable] || String(usual)
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Error(`${variable} is "${text}"; set it to a port from 1 to 65535`)
  }
  return port
}

async function refuseBusy(port: number, variable: string): Promise<void> {
  const probe = createServer().listen(port, HOST)
  try {
    await once(probe, 'listening')
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    const trouble = busy
      ? 'is busy; stop what listens there, or'
      : `cannot be used (${String(error)});`
    throw new Error(`Port ${port} ${trouble} set ${variable} to another`, { cause: error })
  }
  probe.close()
  await once(probe, 'close')
}
