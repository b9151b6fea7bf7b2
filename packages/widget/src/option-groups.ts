import type { ModelInfo } from '@models-edge/core'
import { dayIn } from './language.ts'
import { say } from './texts.ts'

/** @internal Models as options by their ids, each in the group of its line. */
export function groupedOptions(
  picker: HTMLElement,
  models: readonly ModelInfo[],
): Map<string, HTMLOptionElement> {
  const groups = new Map<string, HTMLOptGroupElement>()
  const options = new Map<string, HTMLOptionElement>()
  for (const model of models) {
    if (options.has(model.id)) continue
    const line = model.line ?? 'other'
    const group = groups.get(line) ?? document.createElement('optgroup')
    // As people write it.
    group.label = say(picker, line).replace(/^./, (letter) => letter.toUpperCase())
    groups.set(line, group)
    const option = new Option(nameOf(picker, model), model.id)
    options.set(model.id, option)
    group.append(option)
  }
  return options
}

/** A model's name, and what keeps it from being there for long. */
function nameOf(picker: HTMLElement, { display_name, lifecycle, retires_at }: ModelInfo): string {
  if (!lifecycle || lifecycle === 'active') return display_name
  const day = dayIn(picker, retires_at)
  const text = day && lifecycle === 'deprecated' ? 'until' : lifecycle
  return `${display_name} (${say(picker, text, day)})`
}
