import { isUtf8 } from 'node:buffer'

/** Where a NUL makes a file binary. */
const HEAD = 8192

/** The text of a file that may name a model. Undefined for all others: most are never decoded. */
export function textOf(bytes: Buffer): string | undefined {
  // PowerShell of Windows writes these when it redirects.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le')
  }
  if (bytes.subarray(0, HEAD).includes(0) || !bytes.includes('claude')) return undefined
  // What is not UTF-8 has, in all that is common, a byte for a character: so columns stay right.
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
}
