import { CATALOG_KEY } from '../kv/catalog-key.ts'
import { isHiddenByDefault } from '../upstream/year.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

interface Put {
  readonly aliases: readonly { readonly alias: string; readonly id: string }[]
  readonly models: readonly string[]
}

/** What upstream said of a name: an id, null for none, undefined for nothing of use. */
type Answer = string | null | undefined

interface Said {
  readonly answer: Answer
  /** Whether the Keeper has taken it: it may have died before. */
  readonly isSure: boolean
}

/** An alias goes, or moves, only when two answers in a row have said so. */
export class Aliases implements Invariant {
  readonly #world: World
  readonly #answers = new Map<string, readonly Said[]>()
  #inSync: string[] = []
  readonly #leftOut = new Map<string, number>()
  #last: ReadonlyMap<string, string> = new Map()

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    switch (sight.kind) {
      case 'upstream says': {
        const { name, said } = sight
        if (name === undefined) {
          if (said.what === 'list') this.#list(said.models)
          return
        }
        const answer = said.what === 'name' ? said.id : undefined
        const before = this.#answers.get(name) ?? []
        this.#answers.set(name, [...before.slice(-3), { answer, isSure: true }])
        this.#inSync.push(name)
        return
      }
      case 'log':
        if (sight.line['event'] === 'sync') this.#inSync = []
        return
      case 'keeper dies':
        for (const name of this.#inSync) this.#doubt(name)
        this.#inSync = []
        if (sight.why.includes('lost')) this.#last = new Map()
        return
      case 'put':
        if (sight.key === CATALOG_KEY) this.#put(JSON.parse(sight.value) as Put)
        return
      case 'answer':
      case 'call':
      case 'caught up':
      case 'kv read':
      case 'read':
      case 'client':
      case 'followed':
      case 'too late':
      case 'upstream asked':
        return
      default:
        sight satisfies never
    }
  }

  #doubt(name: string): void {
    const said = this.#answers.get(name) ?? []
    const last = said.at(-1)
    if (last) this.#answers.set(name, [...said.slice(0, -1), { ...last, isSure: false }])
  }

  /** With a model that two lists in a row leave out, its aliases go, and so does the name of its id. */
  #list(models: ReadonlyMap<string, string>): void {
    const ids = new Set(models.keys())
    const kept = [...this.#last].filter(([alias, id]) => {
      const isThere = ids.has(id) && isCandidate(alias, ids)
      const times = isThere ? 0 : (this.#leftOut.get(alias) ?? 0) + 1
      this.#leftOut.set(alias, times)
      return times < 2
    })
    this.#last = new Map(kept)
  }

  #put({ aliases, models }: Put): void {
    const ids = new Set(models.map((json) => (JSON.parse(json) as { id: string }).id))
    const now = new Map(aliases.map(({ alias, id }) => [alias, id]))
    for (const [alias, id] of this.#last) {
      const next = now.get(alias)
      if (next === id || !ids.has(id) || !isCandidate(alias, ids)) continue
      const said = this.#answers.get(alias) ?? []
      const isAgreed = [said, said.filter(({ isSure }) => isSure)].some((answers) => {
        const last = answers.slice(-2)
        const isSaid = last.every(({ answer }) => isAgainst(answer, next ?? null, ids))
        return last.length === 2 && isSaid
      })
      if (isAgreed) continue
      const answers = said.map(({ answer }) => answer).join(', ')
      const words = `${alias} stood for ${id} and now for ${next}; said were ${answers}`
      this.#world.violate('two answers move an alias', words)
    }
    // Of a name that nobody asks for any more, nothing is promised.
    this.#last = new Map([...now].filter(([alias]) => isCandidate(alias, ids)))
    this.#checkHidden(now)
  }

  #checkHidden(aliases: ReadonlyMap<string, string>): void {
    for (const [alias, id] of aliases) {
      if (isHiddenByDefault(alias) || isHiddenByDefault(id)) {
        this.#world.violate('what is hidden does not show', `${alias} stands for ${id}`)
      }
    }
  }
}

/** Whether the answer is what the alias became: a model that is not listed is none. */
function isAgainst(answer: Answer, next: string | null, ids: ReadonlySet<string>): boolean {
  if (answer === undefined) return false
  return (answer !== null && ids.has(answer) ? answer : null) === next
}

function isCandidate(alias: string, ids: ReadonlySet<string>): boolean {
  return !ids.has(alias) && [...ids].some((id) => id.replace(/-\d{8}$/, '') === alias)
}
