import { expect, test } from 'vitest'
import { failures } from './failures.ts'

// As turbo and vitest write it: packages mixed, and in colours.
const output = `
@acme/core:test: \u001B[41m FAIL \u001B[49m |node| src/page.test.ts > a page > has an end
@acme/api:test:  ✓ src/fine.test.ts (3 tests) 5ms
@acme/core:test: AssertionError: expected 1 to be 2
@acme/core:test:  ❯ src/page.test.ts:4:15
@acme/api:test:  ✓ says FAIL and passes
@acme/core:test:  ❯ src/page.test.ts:90:1
@acme/core:test:  FAIL  src/broken.test.ts [ src/broken.test.ts ]
@acme/core:test: Error: Cannot find module './nowhere.ts'
 Tasks:    1 successful, 3 total
Failed:    @acme/core#test, @acme/widget#test
`

test('each failure is a line: the package, the test, the place', () => {
  expect(failures(output)).toEqual([
    '@acme/core: |node| src/page.test.ts > a page > has an end (src/page.test.ts:4)',
    '@acme/core: src/broken.test.ts [ src/broken.test.ts ]',
    '@acme/widget: no test did, but the runner; see above',
  ])
})

test('where turbo names no failed task, nothing failed', () => {
  expect(failures(output.replace(/^Failed.*$/m, ''))).toEqual([])
})
