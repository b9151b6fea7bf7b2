import type { Answer } from '../http/answer.ts'

const MAX_ANSWERS = 256
const MAX_BYTES = 8 * 1024 * 1024
const MAX_URL = 512

/** The answers that were asked for last, by the exact path and query: bounded in number and in bytes. */
export class Answers {
  readonly #answers = new Map<string, Answer>()
  #bytes = 0

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
    const size = answer.body.byteLength
    if (url.length > MAX_URL || size > MAX_BYTES || this.#answers.has(url)) return
    this.#answers.set(url, answer)
    this.#bytes += size
    for (const [oldest, { body }] of this.#answers) {
      if (this.#answers.size <= MAX_ANSWERS && this.#bytes <= MAX_BYTES) return
      this.#answers.delete(oldest)
      this.#bytes -= body.byteLength
    }
  }

  forget(): void {
    this.#answers.clear()
    this.#bytes = 0
  }
}
