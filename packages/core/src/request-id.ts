const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** An id for one answer, in the form of the API's own: `req_` and 24 characters of base 58, roughly. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20))
  return `req_011C${Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('')}`
}
