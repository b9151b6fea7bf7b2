import type { ModelInfo } from '@models-edge/core'
import * as recorded from '@models-edge/upstream/catalogue'
import type { Catalogue } from './upstream.ts'

/** The models as they are, with all their fields. */
export const real: Catalogue = {
  models: recorded.models,
  aliases: Object.fromEntries(recorded.aliases),
}

/** Many models with all the fields of real ones. */
export function manyReal(count: number): Catalogue {
  const current = recorded.models.filter(({ lifecycle }) => lifecycle !== 'retired')
  const models = Array.from({ length: count }, (_, position): ModelInfo => {
    const model = current[position % current.length] as ModelInfo
    return position < current.length ? model : { ...model, id: `${model.id}.${position}` }
  })
  return { models, aliases: real.aliases }
}

/** Many models with the least that a model must have. */
export function manySmall(count: number): Catalogue {
  const models = Array.from({ length: count }, (_, place): ModelInfo => {
    return {
      type: 'model',
      id: smallId(place),
      display_name: 'small',
      created_at: '2026-01-01T00:00:00Z',
    }
  })
  return { models, aliases: {} }
}

/** As long for any place, so that pages of any catalogue have as many bytes. */
export function smallId(place: number): string {
  return `model-${String(place).padStart(6, '0')}`
}

/** So many models, and how many of them have a name without their date. */
export interface Sized {
  readonly models: number
  readonly aliases: number
}

/** Models with all the fields of real ones, of which some have a date in their id. */
export function aliased({ aliases, models }: Sized): Catalogue {
  const listed = Array.from({ length: models }, (_, place): ModelInfo => {
    const model = recorded.models[place % recorded.models.length] as ModelInfo
    return { ...model, id: `claude-model-${place}${place < aliases ? '-20260101' : ''}` }
  })
  const dated = listed.slice(0, aliases).map(({ id }) => [id.replace(/-\d{8}$/, ''), id])
  return { models: listed, aliases: Object.fromEntries(dated) as Record<string, string> }
}
