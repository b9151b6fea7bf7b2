import { heals } from './heals.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** What is known of a kind of fault: how long one lasts, where it is, and what it is in words. */
export interface Kind {
  /** The shortest and the longest of them; most are short. Nothing for what happens in a moment. */
  readonly lasts?: readonly [shortest: number, longest: number]
  /** What is lost for good is rare. */
  readonly isRare?: true
  /** Whether it can be in some places and not in others. */
  readonly local?: true
  /**
   * What is new may reach readers late while there is such a fault, and for so long after its end; without
   * this, nobody may feel it at all.
   */
  readonly felt?: (lengthMs: number) => number
  readonly words: string
}

/** Every fault that the world knows. Whoever suffers from one asks the weather for it by its name. */
export const kinds = {
  'kv down': {
    lasts: [20 * SECOND, 6 * HOUR],
    local: true,
    felt: heals.put,
    words: 'KV refuses everything',
  },
  'kv hangs': {
    lasts: [20 * SECOND, 2 * HOUR],
    local: true,
    felt: heals.put,
    words: 'KV never answers',
  },
  'kv slow': {
    lasts: [MINUTE, 4 * HOUR],
    local: true,
    words: 'KV takes up to 4 s for each call',
  },
  'kv crawls': {
    lasts: [MINUTE, 4 * HOUR],
    local: true,
    felt: heals.put,
    words: 'KV takes up to 12 s for each call',
  },
  'kv lies': {
    lasts: [MINUTE, 2 * HOUR],
    local: true,
    felt: heals.reader,
    words: 'some reads of KV find nothing',
  },
  'kv list': { lasts: [MINUTE, 6 * HOUR], words: 'KV cannot list its keys' },
  'kv put fails': { lasts: [20 * SECOND, 3 * HOUR], felt: heals.put, words: 'KV refuses to write' },
  'kv put unknown': {
    lasts: [MINUTE, 2 * HOUR],
    felt: heals.latePut,
    words: 'the end of a put is not told; it lands late or never',
  },
  'kv spread': {
    lasts: [5 * MINUTE, 3 * HOUR],
    local: true,
    felt: heals.reader,
    words: 'KV shows writes minutes late',
  },
  'kv quota': {
    lasts: [HOUR, 8 * HOUR],
    felt: heals.put,
    words: 'the writes of the day are used up',
  },
  'kv lost': {
    isRare: true,
    felt: heals.publication,
    words: 'the key in KV is deleted',
  },
  'kv spoiled': { felt: heals.publication, words: 'the value in KV is one that nobody can read' },
  'keeper killed': { felt: heals.sync, words: 'the Keeper is restarted in the middle of its work' },
  'keeper short': {
    lasts: [10 * MINUTE, 4 * HOUR],
    felt: heals.publication,
    words: 'each knock of the Keeper is ended after so much work',
  },
  'keeper away': {
    lasts: [10 * SECOND, 3 * HOUR],
    local: true,
    felt: heals.sync,
    words: 'the Keeper is out of reach',
  },
  'keeper quota': {
    lasts: [HOUR, 8 * HOUR],
    felt: heals.sync,
    words: "the Keeper's requests of the day are used up",
  },
  'keeper slow': {
    lasts: [MINUTE, HOUR],
    local: true,
    felt: heals.sync,
    words: 'calls of the Keeper take up to 30 s',
  },
  'keeper lost': {
    isRare: true,
    felt: heals.publication,
    words: 'the storage of the Keeper is lost',
  },
  'keeper later': {
    lasts: [10 * MINUTE, 5 * HOUR],
    felt: heals.sync,
    words: 'later code made the tables',
  },
  'keeper old': { lasts: [MINUTE, 5 * MINUTE], words: 'the Keeper runs code that lacks a method' },
  'keeper clock': {
    lasts: [5 * MINUTE, 3 * HOUR],
    felt: heals.upstream,
    words: 'the clock of the Keeper is wrong',
  },
  'storage refuses': {
    lasts: [MINUTE, 5 * HOUR],
    felt: heals.upstream,
    words: 'the rows of the day are used up',
  },
  'cron late': {
    lasts: [10 * MINUTE, 3 * HOUR],
    felt: heals.sync,
    words: 'the cron comes up to 50 s late',
  },
  'cron missed': {
    lasts: [10 * MINUTE, 3 * HOUR],
    felt: heals.sync,
    words: 'half of the ticks do not come',
  },
  'cron double': { lasts: [10 * MINUTE, 3 * HOUR], words: 'ticks come twice' },
  'cron dead': { lasts: [20 * MINUTE, 5 * HOUR], felt: heals.sync, words: 'no tick comes' },
  'upstream error': {
    lasts: [5 * SECOND, 4 * HOUR],
    felt: heals.asked,
    words: 'upstream answers an error',
  },
  'upstream block': {
    lasts: [MINUTE, 6 * HOUR],
    felt: heals.upstream,
    words: 'upstream does not serve this region',
  },
  'upstream page': {
    lasts: [5 * SECOND, HOUR],
    felt: heals.upstream,
    words: 'upstream answers a page for people',
  },
  'upstream hangs': {
    lasts: [20 * SECOND, 2 * HOUR],
    felt: heals.upstream,
    words: 'upstream never answers',
  },
  'upstream slow': {
    lasts: [MINUTE, 4 * HOUR],
    felt: heals.sync,
    words: 'upstream takes up to 12 s',
  },
  'upstream cut': {
    lasts: [30 * SECOND, HOUR],
    felt: heals.upstream,
    words: 'upstream breaks off in the middle',
  },
  'upstream empty': {
    lasts: [5 * SECOND, 30 * MINUTE],
    felt: heals.upstream,
    words: 'upstream lists no model',
  },
  'upstream short': {
    lasts: [5 * SECOND, 30 * MINUTE],
    felt: heals.sync,
    words: 'upstream leaves models out at times',
  },
  'upstream order': {
    lasts: [MINUTE, 2 * HOUR],
    words: 'the order of keys differs at each answer',
  },
  'upstream stale': {
    lasts: [MINUTE, 3 * HOUR],
    felt: heals.sync,
    words: 'an old replica answers now and then',
  },
  'upstream pages': { lasts: [10 * MINUTE, 8 * HOUR], words: 'the list comes in several pages' },
  'upstream lost': {
    lasts: [5 * SECOND, HOUR],
    felt: heals.upstream,
    words: 'the cursors of the list lead astray',
  },
  'upstream later': {
    lasts: [MINUTE, 2 * HOUR],
    felt: heals.sync,
    words: 'models have a field of a later version',
  },
  'upstream no alias': { lasts: [5 * SECOND, HOUR], words: 'names are not found at times' },
  'isolates gone': { local: true, words: 'all isolates of a place are evicted at once' },
  'requests cancelled': {
    lasts: [MINUTE, 2 * HOUR],
    local: true,
    // What a request has begun for others ends with it.
    felt: heals.reader,
    words: 'clients hang up early',
  },
  'place clock': {
    lasts: [5 * MINUTE, 5 * HOUR],
    local: true,
    felt: heals.reader,
    words: 'clocks are wrong',
  },
  deploy: { felt: heals.sync, words: 'other code is deployed, or the one before again' },
} as const satisfies Readonly<Record<string, Kind>>
