/** A run of characters around `claude` that can be the name of a model, and what stands around it. */
export interface Token {
  /** Where `claude` begins. */
  readonly start: number
  /** `claude` and all that belongs to the same word. */
  readonly word: string
  /** What stands before it in the same word: `us.anthropic.` */
  readonly near: string
  /** What stands before that without a space between: `arn:aws:bedrock:…/`, `openrouter/`. */
  readonly far: string
}

const NAME = 'claude'
/** No name and no ARN is longer. */
const MAX_WORD = 100
const MAX_FAR = 200

const [IN_WORD, IN_PATH] = [1, 2]
const KINDS = new Uint8Array(128)
for (let code = 0; code < 128; code += 1) {
  const character = String.fromCharCode(code)
  if (/[\w.-]/.test(character)) KINDS[code] = IN_WORD | IN_PATH
  else if (/[/:~]/.test(character)) KINDS[code] = IN_PATH
}

/**
 * Each word of the text that `claude` begins, or that has it after a prefix. Every character is looked at
 * three times at the most, whatever the text.
 */
export function* tokensOf(text: string): Generator<Token, void, undefined> {
  let done = 0
  for (let start = text.indexOf(NAME); start !== -1; start = text.indexOf(NAME, done)) {
    const end = endOf(text, start + NAME.length)
    const near = startOf(text, start, Math.max(done, start - MAX_WORD), IN_WORD)
    const far = startOf(text, near, Math.max(done, near - MAX_FAR), IN_PATH)
    done = end
    if (end - start > MAX_WORD) continue
    yield {
      start,
      word: text.slice(start, end),
      near: text.slice(near, start),
      far: text.slice(far, near),
    }
  }
}

function isOf(text: string, at: number, kind: number): boolean {
  return ((KINDS[text.charCodeAt(at)] ?? 0) & kind) !== 0
}

function endOf(text: string, from: number): number {
  let at = from
  while (at < text.length && isOf(text, at, IN_WORD)) at += 1
  return at
}

function startOf(text: string, from: number, least: number, kind: number): number {
  let at = from
  while (at > least && isOf(text, at - 1, kind)) at -= 1
  return at
}
