import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Named {
  readonly name: string
  readonly default?: string
}

interface Declared {
  readonly tagName: string
  readonly attributes: readonly Named[]
  readonly events: readonly Named[]
  readonly members: readonly Named[]
  readonly cssParts?: readonly Named[]
  readonly cssProperties?: readonly Named[]
}

const text = readFileSync(join(import.meta.dirname, '../custom-elements.json'), 'utf8')
const { modules } = JSON.parse(text) as { modules: { declarations?: Declared[] }[] }

/** What the manifest says of an element. */
export function declared(tagName: string): Declared {
  const found = modules.flatMap(({ declarations = [] }) => declarations)
  const declaration = found.find((each) => each.tagName === tagName)
  if (!declaration) throw new Error(`the manifest has no ${tagName}`)
  return declaration
}

export function names(all: readonly Named[] = []): string[] {
  return all.map(({ name }) => name).toSorted()
}
