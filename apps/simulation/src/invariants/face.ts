import { isHiddenByDefault } from '../upstream/year.ts'
import { KEY } from '../upstream/upstream.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

const SECRET = /claude-secret-[\w-]+/

/** Whatever is told to anybody: every page may read it, caches know what to do, and no secret is in it. */
export class Face implements Invariant {
  readonly #world: World
  readonly #seen = new Set<string>()

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind === 'put') this.#checkSecrets(sight.value, 'a value of KV')
    if (sight.kind === 'log') this.#checkSecrets(JSON.stringify(sight.line), 'the log')
    if (sight.kind !== 'answer' || !sight.wire) return
    const { target, wire } = sight
    const { headers, status, text } = wire
    const isReadable = headers.get('access-control-allow-origin') === '*'
    const isKept = headers.has('cache-control') && headers.has('request-id')
    if (!isReadable || !isKept) {
      this.#world.violate('every answer is whole', `${status} of ${target} lacks a header`)
    }
    if (status >= 400 && !saysWhy(target, text)) {
      this.#world.violate('every answer is whole', `${status} of ${target} does not say why`)
    }
    // What was asked for by name is repeated to who asked.
    if (!target.includes('secret')) this.#checkSecrets(text, target + (headers.get('etag') ?? ''))
  }

  #checkSecrets(text: string, where: string): void {
    const key = where + text.length + text.slice(-60)
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    if (text.includes(KEY)) this.#world.violate('no secret is told', `the key is in ${where}`)
    const [hidden] = SECRET.exec(text) ?? []
    if (hidden !== undefined && isHiddenByDefault(hidden)) {
      this.#world.violate('no secret is told', `${hidden} is in ${where}`)
    }
  }
}

/** The page says it to people, and /health to their monitors. */
function saysWhy(target: string, text: string): boolean {
  if (target === '/') return text.startsWith('<!doctype html>')
  return text.startsWith(target === '/health' ? '{"status":"down"' : '{"type":"error"')
}
