import type { FaultKind } from '../weather/fault.ts'

/** A line of the product, spoiled on purpose: the simulation must notice. */
export interface Breakage extends Edit {
  /** What is wrong then, in words. */
  readonly words: string
  /** What has to go with it. */
  readonly more?: readonly Edit[]
  /** How many faults a day, and places, where the usual ones are too few or too many. */
  readonly faults?: number
  readonly places?: number
  /** The faults that it takes, where chance brings them together too rarely. */
  readonly only?: readonly FaultKind[]
  /** Whether it can be seen only beside a run without what is hidden. */
  readonly twin?: true
}

interface Edit {
  /** Of the API's sources. */
  readonly file: string
  readonly from: string
  readonly to: string
}

/** Guards of the product, each taken away. */
const guards: Readonly<Record<string, Breakage>> = {
  'step back': {
    words: 'an isolate takes a lower revision for what it has',
    file: 'memory/memory.ts',
    from: 'if (revision > last) this.#hold',
    to: 'if (revision !== last) this.#hold',
  },
  'cache believed': {
    words: 'KV may cache for an hour where it was read',
    file: 'memory/sources.ts',
    from: 'cacheTtl: KV_CACHE_SECONDS',
    to: 'cacheTtl: 3600',
  },
  'a minute is a day': {
    words: 'memory of a day is served over a slow KV',
    file: 'timing.ts',
    from: 'export const OLD_MS = 60 * SECOND',
    to: 'export const OLD_MS = DAY',
    only: ['kv slow'],
  },
  'put not repeated': {
    words: 'a put that failed is taken for done',
    file: 'keeper/publish.ts',
    from: '  } catch {\n    storage.sql.exec(`UPDATE publication SET failures = failures + 1`)\n',
    to: '  } catch {\n    storage.sql.exec(`UPDATE publication SET tag = ?, put_at = ?`, catalog.tag, now)\n',
  },
  'remembered for good': {
    words: 'answers outlive the view that they were made of',
    file: 'memory/memory.ts',
    from: "    this.#held = { kind: 'view', view }\n    this.answers.forget()",
    to: "    this.#held = { kind: 'view', view }",
  },
  'no second source': {
    words: 'a cold place asks KV alone',
    file: 'memory/memory.ts',
    from: 'await firstTrue([fromKv, sources.copy().then(isFilled)])',
    to: 'await firstTrue([fromKv])',
  },
  'no patience for a load': {
    words: 'a request waits for KV as long as KV takes',
    file: 'memory/memory.ts',
    from: 'await withinTime(platform, patience, loading).catch(() => undefined)',
    to: 'await loading.catch(() => undefined)',
  },
  'every knock sweeps': {
    words: 'a knock begins a sweep whenever it comes',
    file: 'keeper/keeper.ts',
    from: 'if (began_at !== null && turnOf(CRON_MS, began_at) === turnOf(CRON_MS, began)) return',
    to: 'if (began_at !== null && began_at === began) return',
  },

  'history begins anew': {
    words: 'an empty Keeper does not look into KV',
    file: 'keeper/restore.ts',
    from: "  const unknown: Origin = { kind: 'unknown', reason: 'kv_read_failed' }\n  try {",
    to: "  const unknown: Origin = { kind: 'unknown', reason: 'kv_read_failed' }\n  if (parts) return { kind: 'nothing' }\n  try {",
    only: ['keeper lost'],
  },

  'clock of the moment': {
    words: 'what was synced is dated by the end of the sync',
    file: 'keeper/commit.ts',
    from: '...(isAgreed && { synced_at: began })',
    to: '...(isAgreed && { synced_at: now })',
  },
  'doubt does not count': {
    words: 'the age is renewed by a list that was not believed',
    file: 'keeper/commit.ts',
    from: 'const isAgreed = belief.contradicted.length === 0',
    to: 'const isAgreed = belief.contradicted.length >= 0',
  },
}

/** What runs of the simulation have found, put back. */
const found: Readonly<Record<string, Breakage>> = {
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
    from: 'this.adopt(found ?? (await sources.copy()))',
    to: 'this.adopt(found)',
    only: ['kv hangs'],
    faults: 6,
    places: 4,
  },
}

/** The ten faults of the first version, or what is like them now. */
const faultsOfBefore: Readonly<Record<string, Breakage>> = {
  '1 one stray 404': {
    words: 'an alias goes with the first 404',
    file: 'keeper/aliases.ts',
    from: 'return row?.doubt === NONE ? { ...told, model: null } : { ...told, doubt: NONE }',
    to: 'return { ...told, model: null }',
  },

  '2 one failed heartbeat': {
    words: 'one publication that fails makes every place tell that it is stale',
    file: 'timing.ts',
    from: 'export const STALE_MS = 3 * PUBLISH_MS',
    to: 'export const STALE_MS = PUBLISH_MS + MINUTE',
  },
  '3 one place holds up everybody': {
    words: 'a cold place asks the Keeper alone, and is lost where it cannot reach it',
    file: 'memory/memory.ts',
    from: 'const fromKv = sources.kv().then(isFilled)',
    to: 'const fromKv = sources.copy().then(isFilled)',
  },
  '4 events behind the cursor': {
    words: 'a change has a place before it can be seen',
    file: 'snapshot/cursor.ts',
    from: 'return Math.max(last, now * PLACES_A_MS) + gap',
    to: 'return (now - 75_000 * Math.floor(random() * 2)) * PLACES_A_MS + gap',
  },
  '5 waiting on another request': {
    words: 'followers of a load wait without a limit of their own',
    file: 'platform/within-time.ts',
    from: 'return await Promise.race([promise, late])',
    to: 'return await promise',
  },

  '6 what is hidden shows': {
    words: 'a hidden model moves the date of the public list',
    file: 'keeper/commit.ts',
    from: 'const swept = models.filter(isPublic)',
    to: 'const swept = models',
    more: [
      {
        file: 'keeper/seal.ts',
        from: 'const changed_at = tag === catalog.tag ?',
        to: 'const changed_at = content === undefined ?',
      },
    ],
    twin: true,
  },
  '7 another order of keys': {
    words: 'texts are compared and not values',
    file: 'keeper/believe.ts',
    from: 'const isSame = tags.value === tagOf(canonical(json))',
    to: 'const isSame = tags.value === tagOf(json)',
  },
  '8 a false absence': {
    words: 'that KV holds nothing is believed without the list of its keys',
    file: 'keeper/restore.ts',
    from: '    if (text === null) {\n',
    to: "    if (text === null) {\n      if (kv) return { kind: 'nothing' }\n",
    only: ['keeper lost', 'kv lies'],
  },
  '9 twice, and not in a row': {
    words: 'a failure in between does not begin a doubt anew',
    file: 'keeper/commit-failure.ts',
    from: 'sql.exec(`UPDATE catalogs SET doubts = ? WHERE doubts <> ?`, none, none)',
    to: 'void none',
    only: ['upstream cut', 'upstream short', 'upstream stale'],
  },
  '10 later than is told': {
    words: 'memory is looked at again after eight minutes',
    file: 'memory/memory.ts',
    from: 'timing.RELOAD_MS + this.#jitterMs',
    to: '20 * timing.RELOAD_MS + this.#jitterMs',
  },
}

export const breakages: Readonly<Record<string, Breakage>> = {
  ...guards,
  ...found,
  ...faultsOfBefore,
}
