import type { Breakage } from './breakage.ts'

/** The ten faults of the first version, or what is like them now. */
export const ofFirstVersion: Readonly<Record<string, Breakage>> = {
  '1 one stray 404': {
    words: 'an alias goes with the first 404',
    file: 'keeper/aliases.ts',
    from: 'return row?.doubt === NONE ? { ...next, model: null } : { ...next, doubt: NONE }',
    to: 'return { ...next, model: null }',
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
    from: 'const fromKv = stores.kv().then(isFilled)',
    to: 'const fromKv = stores.copy().then(isFilled)',
  },
  '4 events behind the cursor': {
    words: 'a change has a place before it can be seen',
    file: 'snapshot/cursor.ts',
    from: 'return Math.max(last, now * POSITIONS_A_MS) + gap',
    to: 'return (now - 75_000 * Math.floor(random() * 2)) * POSITIONS_A_MS + gap',
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
        to: 'const changed_at = isSame && hidden === catalog.hidden ?',
      },
    ],
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
