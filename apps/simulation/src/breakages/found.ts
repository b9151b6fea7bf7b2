import type { Breakage } from './breakage.ts'

/** What runs of the simulation have found, put back. */
export const found: Readonly<Record<string, Breakage>> = {
  'patience beyond the rhythm': {
    words: 'after an outage of KV, the Keeper waits up to fifteen minutes before it writes',
    file: 'keeper/publish.ts',
    from: 'CRON_MS * 2 ** Math.min(failures - 1, 10), PUBLISH_MS)',
    to: 'CRON_MS * 2 ** Math.min(failures - 1, 10), 3 * PUBLISH_MS)',
  },
  'the same again is no news': {
    words: 'while syncs fail, what is published again does not count, and all isolates knock',
    file: 'memory/memory.ts',
    from: 'if (revision >= last) this.#writtenAt',
    to: 'if (revision > last) this.#writtenAt',
    only: ['upstream error'],
  },
  'a knock alone': {
    words: 'a place whose KV is dead asks for a sync, and not for the copy',
    file: 'memory/memory.ts',
    from: 'this.adopt(found ?? (await stores.copy()))',
    to: 'this.adopt(found)',
    only: ['kv hangs'],
    faults: 6,
    places: 4,
  },
}
