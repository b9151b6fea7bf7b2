import allowed from './licences.json' with { type: 'json' }
import { pnpm } from './pnpm.ts'

type Scope = 'development' | 'production'

/** Packages by their licence, as pnpm lists them. */
export type Licences = Readonly<Record<string, readonly { readonly name: string }[]>>

/** The licences of what is installed: of all, or of what the packages and the Worker ship. */
export function installedLicences(scope: Scope): Licences {
  const { output } = pnpm(
    'licenses',
    'list',
    '--json',
    ...(scope === 'production' ? ['--prod'] : []),
  )
  return JSON.parse(output.startsWith('{') ? output : '{}') as Licences
}

/** Packages whose licence is on no list: neither for what ships, nor for what only builds and tests. */
export function strangers(licences: Licences, scope: Scope): readonly string[] {
  const permitted = new Set([
    ...allowed.production,
    ...(scope === 'development' ? allowed.development : []),
  ])
  // Of a choice, one is enough.
  const isPermitted = (licence: string): boolean =>
    licence.split(/ OR |[()]/).some((choice) => permitted.has(choice))
  return Object.entries(licences).flatMap(([licence, packages]) =>
    isPermitted(licence) ? [] : packages.map(({ name }) => `${name} is licensed as ${licence}`),
  )
}
