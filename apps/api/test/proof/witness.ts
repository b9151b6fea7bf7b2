import type { Cell } from './cells.ts'
import { START } from './snapshots.ts'

interface Got {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Asks a cell, and notes what is not as it has to be, and when. */
export class Witness {
  readonly surprises: string[] = []
  moment = 'before'
  now = START
  readonly #cell: Cell
  #seen = ''

  constructor(cell: Cell) {
    this.#cell = cell
  }

  async get(path: string): Promise<Got> {
    const response = await this.#cell.fetch(path, this.now)
    const { headers, status } = response
    const body = await response.text()
    this.#seen += body + JSON.stringify([...headers])
    return { body, headers, status }
  }

  /** What the cell has logged since it was asked last. */
  async lines(): Promise<readonly string[]> {
    const lines = await this.#cell.report()
    this.#seen += lines.join()
    return lines
  }

  expect(what: string, expected: unknown, seen: unknown): void {
    if (expected !== seen) this.say(what, expected, seen)
  }

  say(what: string, expected: unknown, seen: unknown): void {
    this.surprises.push(`${this.moment}: ${what}: expected ${short(expected)}, seen ${short(seen)}`)
  }

  /** The key is nowhere in what anybody was told, nor in what is stored. */
  expectNoLeak(): void {
    const seen = this.#seen + [...this.#cell.kv.values.values()].join()
    if (seen.includes('stand-in-key')) this.say('the key', 'nowhere', 'in an answer, line or value')
  }
}

function short(value: unknown): string {
  const text = String(value)
  return text.length > 160 ? `${text.slice(0, 60)}…${text.slice(-60)}` : text
}
