const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const LENGTH = 20

/** Chance for many ids: to ask for it costs more than all else here. */
let chance = new Uint8Array(0)
let used = 0

/** An id for one answer, in the form of the API's own: `req_` and 24 characters of base 58, roughly. */
export function newRequestId(): string {
  if (used === chance.length) {
    chance = crypto.getRandomValues(new Uint8Array(50 * LENGTH))
    used = 0
  }
  let id = 'req_011C'
  for (const end = used + LENGTH; used < end; used += 1) {
    id += alphabet.charAt((chance[used] ?? 0) % alphabet.length)
  }
  return id
}
