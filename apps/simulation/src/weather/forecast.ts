import { Random } from '../random.ts'
import type { Fault, FaultKind } from './fault.ts'
import { type Kind, kinds } from './kinds.ts'

interface Wanted {
  readonly seed: string
  readonly from: number
  readonly until: number
  readonly places: number
  readonly count: number
  /** Of which kinds; all unless told. */
  readonly only?: readonly FaultKind[]
}

/** The faults of a run. A few kinds each time, so that the same ones meet again and again. */
export function forecast({ count, from, only, places, seed, until }: Wanted): readonly Fault[] {
  const random = new Random(seed, 'weather')
  const all = only ?? (Object.keys(kinds) as FaultKind[])
  const few = Array.from({ length: random.whole(2, 8) }, () => random.pick(all))
  return Array.from({ length: count }, () => fault(random.chance(0.7) ? few : all)).toSorted(
    (one, other) => one.from - other.from,
  )

  function fault(choice: readonly FaultKind[]): Fault {
    const picked = random.pick(choice)
    const kind = isRare(picked) && random.chance(0.8) ? random.pick(all) : picked
    const { lasts, local }: Kind = kinds[kind]
    // As many that last seconds as hours.
    const ms = lasts ? lasts[0] * (lasts[1] / lasts[0]) ** random.next() : 0
    const begin = Math.floor(random.between(from, until - Math.min(ms, (until - from) / 2)))
    return {
      kind,
      from: begin,
      until: Math.min(begin + Math.floor(ms), until),
      places: local && random.chance(0.6) ? some() : undefined,
      strength: random.next(),
    }
  }

  function some(): readonly number[] {
    const share = random.next()
    const chosen = Array.from({ length: places }, (_, place) => place).filter(() =>
      random.chance(share),
    )
    return chosen.length > 0 ? chosen : [random.whole(0, places - 1)]
  }
}

function isRare(kind: FaultKind): boolean {
  return 'isRare' in kinds[kind]
}
