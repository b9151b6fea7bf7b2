import type { Breakage } from './breakage.ts'

/** Guards of the product, each taken away. */
export const guards: Readonly<Record<string, Breakage>> = {
  'step back': {
    words: 'an isolate takes a lower revision for what it has',
    file: 'memory/memory.ts',
    from: 'if (revision > last) this.#hold',
    to: 'if (revision !== last) this.#hold',
  },
  'cache believed': {
    words: 'KV may cache for an hour where it was read',
    file: 'memory/stores.ts',
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
    from: '    storage.sql.exec(`UPDATE publication SET failures = failures + 1`)\n',
    to: '    storage.sql.exec(`UPDATE publication SET tag = ?, put_at = ?`, catalog.tag, now)\n',
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
    from: 'await firstTrue([fromKv, stores.copy().then(isFilled)])',
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
  'a trace of what is hidden': {
    words: 'while something hidden is listed, each sync dates the public list anew',
    file: 'keeper/commit.ts',
    from: 'stored, belief.models)',
    to: 'stored, belief.models) || models.length > swept.length',
    more: [
      {
        file: 'keeper/seal.ts',
        from: 'const changed_at = tag === catalog.tag ?',
        to: 'const changed_at = isSame && hidden === catalog.hidden ?',
      },
    ],
    twin: true,
  },
  'a feed without its newest': {
    words: 'the feed leaves out what has just happened',
    file: 'endpoints/feeds/entries.ts',
    from: '.slice(0, MOST)',
    to: '.slice(1, MOST)',
  },
  'a day that moves in silence': {
    words: 'an event of the calendar keeps its number when its day moves',
    file: 'endpoints/calendar/calendar.ts',
    from: 'Math.floor((setAt - SEQUENCES_FROM) / 1000)',
    to: '0',
  },
  'an alias without an end': {
    words: 'a name that stands for nothing any more is forgotten',
    file: 'keeper/aliases.ts',
    from: 'rememberAliases(storage, catalog.id, shown, now)',
    to: 'rememberAliases(storage, catalog.id, shown.slice(0, 0), now)',
  },
  'listed and not found': {
    words: 'an id that is listed is answered with a 404',
    file: 'endpoints/model.ts',
    from: 'if (!model) return',
    to: 'if (!model || name === model.id) return',
  },
  'health without age': {
    words: '/health says that everything is of this moment',
    file: 'endpoints/health.ts',
    from: 'Math.max(0, Math.round((now - Date.parse(synced)) / 1000))',
    to: '0',
  },
  'a limit doubled': {
    words: 'what is served is published every ten minutes',
    file: 'timing.ts',
    from: 'export const PUBLISH_MS = 5 * MINUTE',
    to: 'export const PUBLISH_MS = 10 * MINUTE',
  },
}
