import type { Answer } from '../http/answer.ts'

const MAX_ANSWERS = 256
const MAX_NOTED = 1024
/** Each takes a byte; two in a text that has one beyond Latin-1. */
const MAX_CHARACTERS = 8 * 1024 * 1024

/** The answers that were asked for last, by path and query: bounded in number and in size. */
export class Answers {
  readonly #answers = new Map<string, Answer>()
  readonly #askedOnce = new Set<string>()
  #characters = 0

  get(url: string): Answer | undefined {
    const answer = this.#answers.get(url)
    if (answer) {
      // Back to the end of the line: the map's first entry is the one that was not asked for longest.
      this.#answers.delete(url)
      this.#answers.set(url, answer)
    }
    return answer
  }

  remember(url: string, answer: Answer): void {
    const { length } = answer.body
    if (length > MAX_CHARACTERS || this.#answers.has(url)) return
    this.#answers.set(url, answer)
    this.#characters += length
    for (const [oldest, { body }] of this.#answers) {
      if (this.#answers.size <= MAX_ANSWERS && this.#characters <= MAX_CHARACTERS) return
      this.#answers.delete(oldest)
      this.#characters -= body.length
    }
  }

  /** Whether it was asked for before, lately. That it is asked for now is noted. */
  isAskedAgain(url: string): boolean {
    if (this.#askedOnce.delete(url)) return true
    if (this.#askedOnce.size === MAX_NOTED) this.#askedOnce.clear()
    this.#askedOnce.add(url)
    return false
  }

  forget(): void {
    this.#answers.clear()
    this.#characters = 0
  }
}
