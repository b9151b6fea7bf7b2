import type { LifecycleDocument, LifecycleModel } from '@models-edge/core'
import type { Answer } from '../http/answer.ts'
import { dataAnswer } from './data-answer.ts'
import type { PublicView } from './public-view.ts'

/** All that there is to know of names and their ends. It changes when something in it does, and then only. */
export function lifecycleAnswer(view: PublicView): Answer {
  const { aliases, models, pastNames } = view
  const pastAliases = pastNames.filter(({ json }) => json === undefined)
  const removed = pastNames.flatMap(({ json, since }) =>
    json === undefined ? [] : { ...livesOf(json), removed_at: since },
  )
  const document: LifecycleDocument = {
    type: 'lifecycle',
    models: [...models.items.map(({ json }) => livesOf(json)), ...removed],
    aliases: Object.fromEntries(aliases.map(({ alias, id }) => [alias, id])),
    past_aliases: Object.fromEntries(pastAliases.map(({ id, name }) => [name, id])),
    past_aliases_since: Object.fromEntries(pastAliases.map(({ name, since }) => [name, since])),
  }
  return dataAnswer(view, JSON.stringify(document))
}

function livesOf(json: string): LifecycleModel {
  const model = JSON.parse(json) as LifecycleModel
  const { id, display_name, created_at, line, lifecycle, deprecated_at, retires_at } = model
  const lives = { id, display_name, created_at, line, lifecycle, deprecated_at, retires_at }
  // Of an answer with four fields only, there are no more: JSON leaves them out.
  return lives as LifecycleModel
}
