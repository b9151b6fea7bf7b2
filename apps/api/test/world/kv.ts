import type { Kv } from '../../src/platform/bindings.ts'

/** KV as one place sees it. What a test puts in the place of a method happens instead. */
export class FakeKv {
  readonly values = new Map<string, string>()
  readonly puts: { readonly key: string; readonly value: string }[] = []
  gets = 0

  get: (key: string) => Promise<string | null> = (key) => {
    this.gets += 1
    return Promise.resolve(this.values.get(key) ?? null)
  }

  put: (key: string, value: string) => Promise<void> = (key, value) => {
    this.puts.push({ key, value })
    this.values.set(key, value)
    return Promise.resolve()
  }

  list: (options: { prefix: string }) => Promise<{ keys: { name: string }[] }> = ({ prefix }) =>
    Promise.resolve({
      keys: [...this.values.keys()]
        .filter((name) => name.startsWith(prefix))
        .toSorted()
        .map((name) => ({ name })),
    })

  get binding(): Kv {
    return {
      get: (key) => this.get(key),
      put: (key, value) => this.put(key, value),
      list: (options) => this.list(options),
    }
  }
}
