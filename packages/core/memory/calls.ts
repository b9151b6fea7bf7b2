import {
  getModel,
  listModels,
  listRequest,
  type Send,
  withLimits,
  withRetries,
} from '@models-edge/core'

// Requests that end in every way, for every runtime. What answers them is in server.ts.

/** So many requests before anything is measured, and so many measures after them. */
export const WARM_UP = 2000
export const PARTS = 5

type End = (origin: string) => Promise<unknown>

/** Lives as long as the program: a request that leaves something behind at its signal is kept. */
const { signal } = new AbortController()
const atOnce = async (): Promise<void> => {}
const requests = { sent: 0 }

async function send(request: Request): Promise<Response> {
  requests.sent += 1
  return fetch(request)
}

const limited = withLimits(send)
const retrying = withRetries(send, { sleep: atOnce })
const both = withRetries(limited, { sleep: atOnce })

/** Tells when an answer has begun, so that it can be left before it is whole. */
function begun(): { send: Send; answer: Promise<void> } {
  const begin = new EventTarget()
  const answer = new Promise<void>((resolve) => {
    begin.addEventListener('begin', () => resolve())
  })
  const telling: Send = async (request) => {
    const response = await send(request)
    begin.dispatchEvent(new Event('begin'))
    return response
  }
  return { send: telling, answer }
}

/** Long, and another one for each walk: a request that is kept shows. */
function own(baseURL: string): { baseURL: string; apiKey: string; signal: AbortSignal } {
  return { baseURL, apiKey: `${Math.random()}`.padEnd(8000, '.'), signal }
}

async function walk(by: Send, options: ReturnType<typeof own>, leaves = false): Promise<void> {
  for await (const _ of listModels(by, {}, options)) {
    if (leaves) return
  }
}

/** The same request again and again: whatever stays at its signal stays for good. */
async function again(by: Send, origin: string): Promise<void> {
  lasting ??= listRequest({}, own(origin))
  await (await by(lasting)).text()
}

let lasting: Request | undefined

async function aborted(origin: string): Promise<void> {
  const { send: telling, answer } = begun()
  const controller = new AbortController()
  const walked = walk(withLimits(telling), { ...own(`${origin}/stuck`), signal: controller.signal })
  await Promise.all([walked, answer.then(() => controller.abort())])
}

async function late(origin: string): Promise<void> {
  const { send: telling, answer } = begun()
  const sending = withLimits(telling, { sleep: () => answer })
  await walk(withRetries(sending, { retries: 0 }), own(`${origin}/stuck`))
}

/** In turn. Each of the last three ends costs a connection, of which a machine has only so many. */
const ends: readonly End[] = [
  ...[limited, retrying, both].flatMap((by): End[] => [
    (origin) => walk(by, own(origin)),
    (origin) => walk(by, own(origin), true),
    (origin) => walk(by, own(`${origin}/busy`)),
    (origin) => walk(by, own(`${origin}/busy`)),
    (origin) => getModel(by, 'nobody', own(origin)),
    (origin) => again(by, origin),
    (origin) => walk(withLimits(by, { maxBytes: 1 }), own(origin)),
  ]),
  (origin) => walk(both, own(`${origin}/cut`)),
  aborted,
  late,
]

/** Makes so many requests, one after the other. Tells how each kind of walk ended. */
export async function calls(origin: string, count: number): Promise<Record<string, number>> {
  const told: Record<string, number> = {}
  const until = requests.sent + count
  while (requests.sent < until) {
    for (const end of ends) {
      const name = await end(origin).then(
        () => 'well',
        (error: Error & { type?: string }) => error.type ?? error.name,
      )
      told[name] = (told[name] ?? 0) + 1
    }
  }
  return told
}
