import type { Operation } from '../../src/contract/operation.ts'
import { operations } from '../../src/contract/operations.ts'

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly example: unknown
}

/** Every path of the contract, with what is said of it there. */
export const paths: readonly (readonly [string, Operation])[] = Object.entries(operations)

export function parametersOf(place: Parameter['in'], operation: Operation): readonly Parameter[] {
  const all = (operation.parameters ?? []) as readonly Parameter[]
  return all.filter((parameter) => parameter.in === place)
}

/** That path as a client asks for it, with the examples of the contract: without a query, and with each parameter. */
export function targetsOf(path: string, operation: Operation): readonly string[] {
  const named = parametersOf('path', operation).reduce(
    (target, { name, example }) => target.replace(`:${name}`, String(example)),
    path,
  )
  if (named.includes('/:')) throw new Error(`contract/operations.ts has no parameter for ${path}`)
  const queries = parametersOf('query', operation).map(({ name, example }) =>
    new URLSearchParams([example].flat().map((value) => [name, String(value)])).toString(),
  )
  return [named, ...queries.map((query) => `${named}?${query}`)]
}
