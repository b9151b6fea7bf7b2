const PRIME = 0x01000193
const ODD = 0x9e3779b1

/**
 * A short name for a text, made at once and alike on every machine: two 32-bit lanes of FNV-1a. Two texts
 * share one by chance only once in 2^64; nothing rests on its being hard to find such texts.
 */
export function tagOf(text: string): string {
  let one = 0x811c9dc5
  let other = text.length
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    one = Math.imul(one ^ code, PRIME)
    other = Math.imul(other ^ (code + at), ODD)
    other ^= other >>> 15
  }
  return [one, other].map((lane) => (lane >>> 0).toString(16).padStart(8, '0')).join('')
}
