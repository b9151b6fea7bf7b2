// One cell: the production bundle, untouched, behind the little that a test must be able to do inside its
// isolate. Time passes only when the test lets it, and never while anything else can still happen.
import service, { Keeper as Production } from './index.js'

const systemFetch = globalThis.fetch
const systemWait = scheduler.wait.bind(scheduler)
const HOUR = 3_600_000

/** What the test said last: the time, and what is the matter. */
let told = {}
/** How much time has passed, who waits for what time, and how long an answer was waited for at most. */
let passed = 0
const sleepers = new Set()
let longestMs = 0
/** Reads and writes that somebody waits for, and what is on its way from one part of the isolate to another. */
let underWay = 0
const onTheWay = new Set()
/** Requests and ticks that have come, those that are answered, and what goes on behind the answers. */
let come = 0
let answered = 0
let behind = 0
const lines = []

Date.now = () => told.now
// oxlint-disable-next-line no-console -- what the service logs goes to the test
console.log = console.error = (line) => void lines.push(line)

scheduler.wait = async (ms, { signal } = {}) => {
  signal?.throwIfAborted()
  const sleeper = { at: passed + ms, ...Promise.withResolvers() }
  const stop = () => sleeper.reject(signal.reason)
  signal?.addEventListener('abort', stop)
  // The runtime gives up a request that waits for nothing that it knows of.
  const kept = new AbortController()
  systemWait(HOUR, { signal: kept.signal }).catch(() => undefined)
  sleepers.add(sleeper)
  try {
    await sleeper.promise
  } finally {
    onTheWay.delete(sleeper)
    sleepers.delete(sleeper)
    signal?.removeEventListener('abort', stop)
    kept.abort()
  }
}

/** Lets some time pass if nothing else can happen: no more of it than until somebody wakes. */
async function pass({ held, seen, sent }) {
  const isQuiet = underWay === held && onTheWay.size === 0 && come === sent && answered === seen
  const [next] = [...sleepers].toSorted((one, other) => one.at - other.at)
  if (!isQuiet || !next) return
  passed = Math.min(next.at, passed + 1000)
  if (next.at > passed) return
  sleepers.delete(next)
  next.resolve()
  await send(next)
}

/** Whoever it is for takes it within a few turns of the runtime's loop; or has gone, and never will. */
async function send(thing) {
  onTheWay.add(thing)
  for (let turn = 0; turn < 20 && onTheWay.has(thing); turn += 1) await systemWait(0)
  onTheWay.delete(thing)
}

async function counted(promise) {
  underWay += 1
  try {
    return await promise
  } finally {
    underWay -= 1
  }
}

async function noted(promise) {
  behind += 1
  try {
    return await promise
  } finally {
    behind -= 1
  }
}

/** Only the Keeper fetches; what it does goes on whether anybody waits for it or not. */
globalThis.fetch = async (request) => {
  const response = await noted(counted(systemFetch(request)))
  const reader = response.body?.getReader()
  if (!reader) return response
  const source = {
    async pull(controller) {
      const { done, value } = await noted(counted(reader.read()))
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  }
  return new Response(new ReadableStream(source, { highWaterMark: 0 }), response)
}

/** KV, which can be slow. */
function slow(kv, note = (promise) => promise) {
  const call = (method) => {
    const work = async (values) => {
      if (told.kvDelayMs > 0) await scheduler.wait(told.kvDelayMs)
      return counted(kv[method](...values))
    }
    return (...values) => note(work(values))
  }
  return { get: call('get'), put: call('put'), list: call('list') }
}

/** The Keeper as the Worker meets it. */
function far({ CELL, KEEPER }) {
  const call = (method) => async () => {
    if (!told.isKeeperReachable) throw new Error('out of reach')
    const name = `${CELL} ${Math.random()}`
    onTheWay.add(name)
    try {
      return await KEEPER.getByName('catalog')[method](name, told.now)
    } finally {
      onTheWay.delete(name)
    }
  }
  return { getByName: () => ({ knock: call('knock'), copy: call('copy') }) }
}

export class Keeper extends Production {
  constructor(context, env) {
    super(context, { ...env, CATALOG: slow(env.CATALOG, noted) })
  }
  knock(call, now) {
    return this.#work(call, now, () => super.knock())
  }
  copy(call, now) {
    return this.#work(call, now, () => super.copy())
  }
  async #work(call, now, work) {
    const isFromHere = onTheWay.delete(call)
    told = { ...told, now }
    try {
      return await noted(work())
    } finally {
      if (isFromHere) this.ctx.waitUntil(send(call))
    }
  }
}

async function serve(request, env, context) {
  const bindings = { ...env, CATALOG: slow(env.CATALOG), KEEPER: far(env) }
  const background = { waitUntil: (promise) => context.waitUntil(noted(promise)) }
  const began = passed
  come += 1
  try {
    if (!request.url.endsWith('/-/tick')) return await service.fetch(request, bindings, background)
    await service.scheduled({}, bindings, background)
    return new Response()
  } finally {
    answered += 1
    if (!request.url.endsWith('/-/tick')) longestMs = Math.max(longestMs, passed - began)
  }
}

export default {
  async fetch(request, env, context) {
    told = JSON.parse(request.headers.get('x-told'))
    if (!request.url.endsWith('/-/pass')) return serve(request, env, context)
    await pass(told)
    return Response.json({ behind, lines, longestMs })
  },
}
