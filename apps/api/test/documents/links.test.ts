import { globSync, existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const documents = globSync('{*.md,docs/**/*.md,apps/*/**/*.md,packages/*/**/*.md}', {
  cwd: root,
  exclude: (name) => name === 'node_modules' || name === 'CHANGELOG.md' || name.startsWith('.'),
})

test('the links and pictures of every document lead somewhere', () => {
  expect(documents).toContain('SECURITY.md')
  const broken = documents.flatMap((document) => {
    const text = readFileSync(join(root, document), 'utf8').replace(/^```.*?^```/gms, '')
    const links = /(?:\]\(|(?:src|srcset)=")(?!https?:|#|\/)([^)"\s]+?)(?:#[^)"]*)?[)"]/g
    return Array.from(text.matchAll(links), ([, link = '']) => link)
      .filter((link) => !existsSync(join(root, dirname(document), link)))
      .map((link) => `${document}: ${link}`)
  })
  expect(broken).toEqual([])
})
