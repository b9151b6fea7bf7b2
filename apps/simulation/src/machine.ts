import { createHash } from 'node:crypto'
import { MemoizedJson } from './memoized-json.ts'
import type { Random } from './random.ts'

interface Given {
  readonly now: () => number
  readonly random: Random
  /** What the code under test writes to the console: it has no other reason to than an error of its own. */
  readonly complain: (text: string) => void
}

/**
 * Does the work with the machine's clock, chance and timers taken away: whoever reaches for one that the
 * world does not give fails at once. Hashes are made on the spot, since threads have no order.
 */
export async function withoutMachine<Result>(
  { complain, now, random }: Given,
  work: () => Promise<Result>,
): Promise<Result> {
  const json = new MemoizedJson(JSON)
  const puts: (() => void)[] = []
  put(Date, 'now', now)
  put(Math, 'random', () => refuse('Math.random'))
  put(JSON, 'parse', json.parse)
  put(JSON, 'stringify', json.stringify)
  put(globalThis, 'Date', withoutNow(Date))
  put(performance, 'now', () => refuse('performance.now'))
  put(AbortSignal, 'timeout', () => refuse('AbortSignal.timeout'))
  put(crypto, 'randomUUID', () => refuse('crypto.randomUUID'))
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch'] as const) {
    put(globalThis, name, () => refuse(name))
  }
  const abort = Reflect.get(AbortController.prototype, 'abort') as (
    this: AbortController,
    reason: unknown,
  ) => void
  // An error with a stack for each timer that is called off would take a tenth of the time.
  put(AbortController.prototype, 'abort', function ended(this: AbortController, reason = over) {
    abort.call(this, reason)
  })
  put(console, 'error', (...words: readonly unknown[]) => complain(words.join(' ')))
  put(crypto, 'getRandomValues', <Bytes extends Uint8Array>(bytes: Bytes): Bytes => {
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = random.next() * 256
    return bytes
  })
  put(crypto.subtle, 'digest', (name: string, bytes: Uint8Array) => {
    const made = createHash(name.replace('-', '')).update(bytes).digest()
    return Promise.resolve(new Uint8Array(made).buffer)
  })
  const unhandled = (reason: unknown): void => complain(`nobody handled: ${String(reason)}`)
  process.on('unhandledRejection', unhandled)
  try {
    return await work()
  } finally {
    process.off('unhandledRejection', unhandled)
    for (const back of puts) back()
  }

  function put<Owner extends object>(owner: Owner, name: keyof Owner, value: unknown): void {
    const own = Object.getOwnPropertyDescriptor(owner, name)
    puts.push(() => {
      if (own) Object.defineProperty(owner, name, own)
      else Reflect.deleteProperty(owner, name)
    })
    Object.defineProperty(owner, name, { value, configurable: true, writable: true })
  }
}

/** A date of something: that of the moment is the machine's. */
function withoutNow(date: DateConstructor): DateConstructor {
  return new Proxy(date, {
    construct(target, given: [] | [number]) {
      return given.length === 0 ? refuse('new Date()') : new target(...given)
    },
  })
}

const over = new Error('over')

function refuse(name: string): never {
  throw new Error(`${name} is not given by the platform: a run would differ from the next one`)
}
