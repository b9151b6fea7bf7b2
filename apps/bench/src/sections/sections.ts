import type { Pace } from '../rounds.ts'
import { kindsOfRequests } from './kinds.ts'
import { invocationsTable } from './invocations.ts'
import { library } from './library.ts'
import { scale } from './scale.ts'
import { serving } from './serving.ts'
import { coldIsolate } from './starting.ts'
import { widgetBytes } from './widget.ts'

const THOROUGH: Pace = { rounds: 41, seconds: 0.15 }
const QUICK: Pace = { rounds: 3, seconds: 0.2 }

/** As many models as there are, and three times as many. */
const CATALOGUES = [
  { models: 20, aliases: 7 },
  { models: 60, aliases: 20 },
]

const SIZES = [10, 100, 1000, 15_000]

/** What is measured, by the names of the README's regions; `quick` gives an idea in a few minutes. */
export const sections: Readonly<Record<string, (quick: boolean) => Promise<string>>> = {
  serving: (quick) => serving(pace(quick)),
  kinds: (quick) => kindsOfRequests(pace(quick)),
  cold: (quick) => coldIsolate(quick ? 3 : 41),
  invocations: (quick) => invocationsTable(CATALOGUES, quick ? 3 : 31),
  scale: (quick) => scale(SIZES, pace(quick)),
  library: (quick) => library(quick ? 3 : 31),
  'widget-bytes': () => widgetBytes(),
}

function pace(quick: boolean): Pace {
  return quick ? QUICK : THOROUGH
}
