import { type ModelInfo, refuseUnless } from '@models-edge/core'

/** The time that the stand-in is told to live in; undefined where it is that of its catalogue. */
let moved: number | undefined

/** Goes to the day or time in the query (`at=2026-11-30`); without one, back to the catalogue's own. */
export function moveClock(query: URLSearchParams): void {
  const at = query.get('at')
  const time = at === null ? undefined : Date.parse(at)
  refuseUnless(!Number.isNaN(time), 'at: expected a day or a time, as in 2026-11-30T00:00:00Z')
  moved = time
}

export function resetClock(): void {
  moved = undefined
}

/** The models as they are at the time that the stand-in lives in. */
export function modelsNow(models: readonly ModelInfo[]): readonly ModelInfo[] {
  const now = moved
  if (now === undefined) return models
  return models
    .filter(({ created_at }) => Date.parse(created_at) <= now)
    .map((model) => asOf(model, now))
}

/** An alias ends with its model. */
export function isOver(model: ModelInfo): boolean {
  return moved !== undefined && asOf(model, moved).lifecycle === 'retired'
}

function asOf(model: ModelInfo, now: number): ModelInfo {
  const [deprecated, retires] = [model.deprecated_at, model.retires_at].map((time) =>
    Date.parse(time ?? ''),
  ) as [number, number]
  if (retires <= now) return { ...model, lifecycle: 'retired' }
  if (deprecated <= now) return { ...model, lifecycle: 'deprecated' }
  return { ...model, lifecycle: 'active', deprecated_at: null, retires_at: null }
}
