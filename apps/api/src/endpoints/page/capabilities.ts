/** A capability: its name with those of its groups, and whether a model has it, where that is said. */
export interface Capability {
  readonly name: string
  readonly isSupported: boolean | undefined
}

const MAX_DEPTH = 8
const MOST = 200
const MAX_NAME = 60

/** Every capability that a model's tree names, in the tree's order. */
export function capabilitiesOf(tree: unknown): readonly Capability[] {
  return inGroup(tree, [], 0).slice(0, MOST)
}

/** The name of a capability in its groups, as people read it. */
export function capabilityName(path: readonly string[]): string {
  const name = path.join(': ').replaceAll('_', ' ').toWellFormed()
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME).toWellFormed()}…` : name
}

function inGroup(group: unknown, path: readonly string[], depth: number): readonly Capability[] {
  if (typeof group !== 'object' || group === null || Array.isArray(group)) return []
  return Object.entries(group).flatMap(([key, value]: [string, unknown]): readonly Capability[] => {
    if (key === 'supported') return []
    const own = [...path, key]
    const parts = depth < MAX_DEPTH ? inGroup(value, own, depth + 1) : []
    const supported: unknown = Object(value)['supported']
    const isSupported = typeof supported === 'boolean' ? supported : undefined
    // A group that says nothing of itself is no capability.
    if (isSupported === undefined && parts.length > 0) return parts
    return [{ name: capabilityName(own), isSupported }, ...parts]
  })
}
