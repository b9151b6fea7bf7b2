import { WHOLE_LIST } from '../people/callers.ts'
import type { Client } from '../people/client.ts'
import { isHiddenByDefault } from '../upstream/year.ts'
import type { World } from '../world.ts'
import { type Values, valuesOf } from './value.ts'

/** When all faults are over for long enough, every place knows everything, and says that it is well. */
export async function checkMended(world: World, client: Client): Promise<void> {
  const { scheduler, truth } = world
  const { aliases, models } = truth.without(isHiddenByDefault).at(scheduler.now)
  const wanted = textOf(valuesOf(models))
  const ids = [...models.keys()]
  const isCandidate = (alias: string): boolean =>
    ids.some((id) => id !== alias && id.replace(/-\d{8}$/, '') === alias)
  for (const place of world.places) {
    // The first one may be an answer of an isolate that nobody has asked for hours: it waits for KV.
    const list = await client.direct(place, WHOLE_LIST)
    if (list?.status !== 200) return complain(`the list of ${place.index} is ${list?.status}`)
    const { data } = JSON.parse(list.text) as { readonly data: readonly { readonly id: string }[] }
    const served = valuesOf(data.map((model) => [model.id, JSON.stringify(model)]))
    if (textOf(served) !== wanted) {
      return complain(`place ${place.index} serves another list than upstream's`)
    }
    for (const [alias, id] of aliases) {
      if (!isCandidate(alias) || ids.includes(alias)) continue
      const wire = await client.direct(place, `/v1/models/${alias}`)
      const found =
        wire?.status === 200 ? (JSON.parse(wire.text) as { id: string }).id : wire?.status
      if (found !== id) return complain(`${alias} is ${found} in ${place.index}, and not ${id}`)
    }
    const health = await client.direct(place, '/health')
    const { status } = JSON.parse(health?.text ?? '{}') as { readonly status?: string }
    if (status !== 'ok') return complain(`the health of ${place.index}: ${health?.text}`)
  }

  function complain(words: string): void {
    world.violate('mended when all faults are over', words)
  }
}

/** One text for equal values, in whatever order they came. */
function textOf(values: Values): string {
  return [...values]
    .map((pair) => pair.join())
    .toSorted()
    .join()
}
