import { expect, test } from 'vitest'
import { chosenPackages } from './chosen-packages.ts'

const files = [
  'apps/api/src/readme.test.ts',
  'apps/api/test/documents/readme.test.ts',
  'packages/widget/test/manifest.test.ts',
  'packages/widget/test/readme.test.ts',
  'tools/failures.test.ts',
]

test.each([
  [['manifest'], ['packages/widget']],
  [
    ['manifest', 'readme'],
    ['apps/api', 'packages/widget'],
  ],
  [
    ['documents/readme', 'failures'],
    ['apps/api', 'tools'],
  ],
])('%j is in %j', (parts, packages) => {
  expect(chosenPackages(parts, files)).toEqual(packages)
})

test.each([
  [['readme', 'nothing'], 'No test file has "nothing" in its path: nothing was run.'],
  // The name of a package's folder would choose all of its tests.
  [['widget'], 'No test file has "widget"'],
  [['-t'], '"-t" is no part of a path'],
  [['a; b'], '"a; b" is no part of a path'],
])('%j is refused', (parts, message) => {
  expect(() => chosenPackages(parts, files)).toThrow(message)
})
