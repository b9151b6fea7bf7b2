/** A text's hash, as policies and `integrity` attributes write it. */
export async function integrityOf(text: string, algorithm: 'SHA-256' | 'SHA-384'): Promise<string> {
  const hash = await crypto.subtle.digest(algorithm, new TextEncoder().encode(text))
  const base64 = btoa(String.fromCharCode(...new Uint8Array(hash)))
  return `${algorithm.toLowerCase().replace('-', '')}-${base64}`
}
