import type { ModelInfo } from '@models-edge/core'
import recorded from './catalogue.json' with { type: 'json' }

export const models = recorded.models as readonly ModelInfo[]

/** Only the dated ids of the 4.5 age have an alias: the newer ids are snapshots themselves. */
export const aliases: ReadonlyMap<string, string> = new Map(Object.entries(recorded.aliases))
