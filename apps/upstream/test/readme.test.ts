import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faults } from '../src/faults.ts'
import { useStandIn } from './stand-in.ts'

const standIn = useStandIn()
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

test('the README lists every fault with its options, and nothing else', () => {
  const rows = Array.from(
    readme.matchAll(/^\| `(.+?)` +\| (.*?) \|/gm),
    ([, name, options = '']) => [
      name,
      Array.from(options.matchAll(/`(.+?)`/g), ([, option]) => option),
    ],
  )
  expect(rows).toEqual(
    Object.entries(faults).map(([name, { options = {} }]) => [name, Object.keys(options)]),
  )
})

test('the README plans a fault, and asks for one, in ways that work', async () => {
  const [, planned = ''] = /curl -X POST '[^']+?(\/stand-in\/faults\?[^']+)'/.exec(readme) ?? []
  await fetch(standIn.origin + planned, { method: 'POST' })
  const [, asked = ''] = /-H 'x-stand-in-fault: ([^']+)' \S+\/v1\/models\n/.exec(readme) ?? []
  const welcome = { 'x-api-key': standIn.key, 'anthropic-version': '2023-06-01' }
  const statuses = []
  for (const headers of [{ ...welcome, 'x-stand-in-fault': asked }, welcome, welcome, welcome]) {
    statuses.push((await fetch(`${standIn.origin}/v1/models`, { headers })).status)
  }
  expect(statuses).toEqual([503, 529, 529, 200])
  expect(readme).toContain(`\`${standIn.key}\``)
})
