/** The part of a KV namespace that is needed. */
export interface Kv {
  get(key: string, options?: { readonly cacheTtl: number }): Promise<string | null>
  put(key: string, value: string): Promise<void>
  list(options: {
    readonly prefix: string
    readonly limit: number
  }): Promise<{ readonly keys: readonly { readonly name: string }[] }>
}

/** The part of static assets that is needed. */
export interface Assets {
  fetch(url: string): Promise<Response>
}
