/** Where something stands: lines and columns from 1, columns in UTF-16 units, as editors count them. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Tells places of a text from offsets that grow, and reads the text once for all of them. */
export class Places {
  readonly #text: string
  #line = 1
  #start = 0
  #next: number

  constructor(text: string) {
    this.#text = text
    this.#next = this.#endFrom(0)
  }

  at(offset: number): Place {
    while (this.#next <= offset) {
      this.#line += 1
      this.#start = this.#next
      this.#next = this.#endFrom(this.#start)
    }
    return { line: this.#line, column: offset - this.#start + 1 }
  }

  #endFrom(start: number): number {
    const end = this.#text.indexOf('\n', start)
    return end === -1 ? Infinity : end + 1
  }
}
