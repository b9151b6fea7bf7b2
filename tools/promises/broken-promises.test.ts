import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { brokenPromises } from './broken-promises.ts'

const root = join(import.meta.dirname, '../..')

test.for(brokenPromises)('there is still what breaks "$promise"', ({ file, from }) => {
  expect(readFileSync(join(root, file), 'utf8').split(from)).toHaveLength(2)
})
