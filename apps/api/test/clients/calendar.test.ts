import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { models } from '@models-edge/upstream/catalogue'
import { expect, test } from 'vitest'
import { useService } from '../started/service.ts'

// Debian's packages are for Debian's Python, which need not be the first in the path.
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import icalendar']).status === 0,
)
// It runs wherever it can. Only `pnpm test:programs` says that it could not.
if (!python && process.env['CACHES'] !== undefined)
  process.stdout.write('Left out: python3-icalendar (apt-get install python3-icalendar)\n')

const service = useService()

test.skipIf(!python)('python3-icalendar understands the calendar', async () => {
  const input = await (await fetch(`${service.origin}/retirements.ics`)).text()
  const program = fileURLToPath(new URL('read-calendar.py', import.meta.url))
  const { stdout, stderr } = spawnSync(python!, [program], { input, encoding: 'utf8' })
  expect(stderr).toBe('')
  const ends = models.flatMap(({ display_name, id, lifecycle, retires_at }) =>
    lifecycle === 'active' || !retires_at
      ? []
      : {
          id,
          summary: `${display_name} retires`,
          day: retires_at.slice(0, 10),
          status: 'CONFIRMED',
          alarms: [-30, -7],
        },
  )
  const understood = JSON.parse(stdout) as typeof ends
  expect(understood).toHaveLength(ends.length)
  expect(understood).toEqual(expect.arrayContaining(ends))
  const days = understood.map(({ day }) => day)
  expect(days).toEqual(days.toSorted())
})
