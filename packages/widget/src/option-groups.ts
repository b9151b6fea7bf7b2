import type { ModelInfo } from '@models-edge/core'
import { dayIn } from './language.ts'
import { say } from './texts.ts'

/** @internal Models as options in groups, one for each line. Each is there once. */
export function optionGroups(
  picker: HTMLElement,
  models: readonly ModelInfo[],
): readonly HTMLElement[] {
  const groups = new Map<string, HTMLElement>()
  for (const model of new Map(models.map((each) => [each.id, each])).values()) {
    const line = model.line ?? 'other'
    const group = groups.get(line) ?? document.createElement('optgroup')
    // As people write it.
    group.setAttribute(
      'label',
      say(picker, line).replace(/^./, (letter) => letter.toUpperCase()),
    )
    group.append(new Option(nameOf(picker, model), model.id))
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
