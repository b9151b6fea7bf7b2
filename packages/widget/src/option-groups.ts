import type { ModelInfo } from '@models-edge/core'
import { dayIn } from './language.ts'
import { say } from './texts.ts'

/** @internal Models as options in groups, one for each line; `preset` is the id that a reset brings. */
export function optionGroups(
  picker: HTMLElement,
  models: Iterable<ModelInfo>,
  preset: string | undefined,
): readonly HTMLElement[] {
  const groups = new Map<string, HTMLOptGroupElement>()
  for (const model of models) {
    const line = model.line ?? 'other'
    const group = groups.get(line) ?? document.createElement('optgroup')
    // As people write it.
    group.label = say(picker, line).replace(/^./, (letter) => letter.toUpperCase())
    group.append(new Option(nameOf(picker, model), model.id, model.id === preset))
    groups.set(line, group)
  }
  return [...groups.values()]
}

/** A model's name, and what keeps it from being there for long. */
function nameOf(picker: HTMLElement, { display_name, lifecycle, retires_at }: ModelInfo): string {
  if (!lifecycle || lifecycle === 'active') return display_name
  const day = dayIn(picker, retires_at)
  const text = day && lifecycle === 'deprecated' ? 'until' : lifecycle
  return `${display_name} (${say(picker, text, day)})`
}
