import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { CRON_MS } from '../../src/timing.ts'

test('the cron knocks as often as timing.ts counts on', async () => {
  const config = await readFile(new URL('../../../../wrangler.jsonc', import.meta.url), 'utf8')
  expect(config).toContain('"crons": ["* * * * *"]')
  expect(CRON_MS).toBe(60_000)
})
