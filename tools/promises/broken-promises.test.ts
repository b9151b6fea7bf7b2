import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ofReadme } from './of-readme.ts'
import { ofSecurity } from './of-security.ts'

const read = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../..', path), 'utf8')

test.for([...ofSecurity, ...ofReadme])('"$promise": there is still what breaks it', (one) => {
  expect(read(one.file).split(one.from)).toHaveLength(2)
})

test.each([
  ['SECURITY.md', 'What is promised', /^\| .*\]\(.*/gm, ofSecurity, []],
  // Of these, one is the document above, and the other is broken in apps/bench.
  [
    'README.md',
    'What it promises',
    /^- .*/gm,
    ofReadme,
    [/^- It lets nothing out/, /^- It is fast/],
  ],
] as const)('%s promises nothing that is not broken', (path, title, item, broken, others) => {
  const [, chapter = ''] = read(path).split(`## ${title}\n`)
  const text = chapter.split('\n## ')[0]?.replace(/[*`]/g, '') ?? ''
  const items = text.match(item) ?? []
  expect(items.length).toBeGreaterThan(6)
  const promises = broken.map(({ promise }) => promise)
  expect(promises.filter((promise) => !text.includes(promise))).toEqual([])
  const left = items.filter((each) => !promises.some((promise) => each.includes(promise)))
  expect(left).toEqual(others.map((other) => expect.stringMatching(other)))
})
