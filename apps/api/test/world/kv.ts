import type { Kv } from '../../src/platform/bindings.ts'

/** KV as one place sees it. What a test puts in the place of a method happens instead. */
export class FakeKv implements Kv {
  readonly values = new Map<string, string>()
  get: Kv['get'] = (key) => Promise.resolve(this.values.get(key) ?? null)
  put: Kv['put'] = (key, value) => Promise.resolve(void this.values.set(key, value))
  list: Kv['list'] = ({ prefix }) => {
    const names = [...this.values.keys()].filter((name) => name.startsWith(prefix)).toSorted()
    return Promise.resolve({ keys: names.map((name) => ({ name })) })
  }
}
