const PAUSE_MS = 2000
/** A first address of workers.dev takes its time until the world knows it. */
const TRIES = 60

/** Where the service is to be asked: its own address, or the first one in what wrangler reports. */
export function addressOf(report: string, publicURL = ''): string | undefined {
  const lines = report.split('\n').filter((line) => line !== '')
  const entries = lines.map((line) => JSON.parse(line) as Partial<Report>)
  const targets = entries.flatMap(({ targets: each, type }) => (type === 'deploy' && each) || [])
  // A domain comes as "models.example.com (custom domain)", a route with a path and stars.
  const addresses = targets.flatMap((target) => {
    const [address = ''] = target.split(' ')
    if (address.startsWith('https://')) return address
    return target.includes('(custom domain') ? `https://${address}` : []
  })
  const address = URL.parse(publicURL) ?? URL.parse(addresses[0] ?? '')
  return address?.origin
}

interface Report {
  readonly type: string
  readonly targets: readonly string[]
}

interface World {
  readonly fetch: (url: string) => Promise<Response>
  readonly sleep: (ms: number) => Promise<unknown>
}

/**
 * Until the service has synced or says why not. Where it has nothing to serve, the question itself has the
 * Keeper sync: nobody needs to wait for the cron.
 */
export async function knock(origin: string, { fetch, sleep }: World): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const health = await fetch(`${origin}/health`)
      .then((response) => response.json() as Promise<Health | null>)
      .catch(() => null)
    if (health?.status && (health.status !== 'down' || health.last_failure)) return
    await sleep(PAUSE_MS)
  }
}

interface Health {
  readonly status?: string
  readonly last_failure?: unknown
}
