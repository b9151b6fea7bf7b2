import type { ModelInfo } from '@models-edge/core'
import { dayIn, languageOf } from './language.ts'
import { piece } from './piece.ts'
import { say } from './texts.ts'

const DAY_MS = 864e5

/** @internal What a list shows of a model; `copy` is its button. */
export function modelCard(list: HTMLElement, model: ModelInfo, copy: HTMLElement): HTMLElement {
  const tokens = (part: string, count: number | null | undefined) =>
    fact(part, part, count?.toLocaleString(languageOf(list), { notation: 'compact' }))
  const fact = (part: string, text: string, value: string | undefined) =>
    value && piece('span', part, say(list, text, value))
  return piece(
    'li',
    'model',
    piece('bdi', 'name', model.display_name),
    badge(list, model),
    piece(
      'div',
      'facts',
      tokens('context', model.max_input_tokens),
      tokens('output', model.max_tokens),
      fact('date', 'released', dayIn(list, model.created_at)),
    ),
    piece('code', 'id', model.id),
    copy,
  )
}

/** Where a model stands, unless it is active. */
function badge(list: HTMLElement, { lifecycle, retires_at }: ModelInfo): Node | undefined {
  if (!lifecycle || lifecycle === 'active') return undefined
  const days = Math.ceil((Date.parse(retires_at ?? '') - Date.now()) / DAY_MS)
  const isDue = lifecycle === 'deprecated' && retires_at
  const text = isDue ? (days > 0 ? 'retires' : 'overdue') : lifecycle
  const value =
    text === 'retires'
      ? new Intl.RelativeTimeFormat(languageOf(list)).format(days, 'day')
      : dayIn(list, retires_at)
  return piece('b', `badge ${text}`, say(list, text, value))
}
