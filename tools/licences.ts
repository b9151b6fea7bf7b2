import { text } from 'node:stream/consumers'

// Reads what `pnpm licenses list --json` writes, and fails where a licence is not one of these.

const permitted = new Set(['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'])

type Licences = Readonly<Record<string, readonly { readonly name: string }[]>>

for (const [licence, packages] of Object.entries(
  JSON.parse(await text(process.stdin)) as Licences,
)) {
  const names = packages.map(({ name }) => name).join(', ')
  process.stdout.write(`${licence}: ${names}\n`)
  if (permitted.has(licence)) continue
  process.stderr.write(
    `${licence} is not a licence that may ship (${names}): see tools/licences.ts\n`,
  )
  process.exitCode = 1
}
