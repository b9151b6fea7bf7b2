import { describe, expect, test } from 'vitest'
import { released } from '../../../test/world/assets.ts'
import { allDocuments, documentPage } from './documents.ts'

const address = 'https://models.test'

/** The pages that the menu of this one leads to. */
function linked(body: string): readonly (string | undefined)[] {
  const [menu = ''] = /<nav aria-label="Documents">.*?<\/nav>/s.exec(body) ?? []
  return Array.from(menu.matchAll(/href="\/docs(?:\/([\w-]+))?"/g), ([, name]) => name)
}

const names = linked((await documentPage(undefined, released, address)).body)

describe('a document', () => {
  test.each([undefined, ...names])('%s is a page whose links lead somewhere', async (name) => {
    const { body, headers } = await documentPage(name, released, address)
    expect(linked(body)).toHaveLength(names.length)
    expect(body).toContain(`<link rel="canonical" href="${address}/docs${name ? `/${name}` : ''}"`)
    expect(body.match(/<style>/g)).toHaveLength(2)
    expect(headers.get('content-security-policy')).toMatch(/style-src 'sha256-\S+' 'sha256-\S+';/)
    const anchors = body.matchAll(/href="(?:\/docs(?:\/([\w-]+))?)?(#[\w-]+)?"/g)
    for (const [link, page, anchor = '#main'] of anchors) {
      const isHere = link.includes('"#')
      const target = isHere ? { body } : await documentPage(page, released, address)
      const isThere = target.body.includes(`id="${anchor.slice(1)}"`)
      expect([link, isThere]).toEqual([link, true])
    }
    // What only the repository has is no link while nobody knows where that is, and no picture is served.
    expect(body).not.toMatch(/href="(?!https?:|\/|#|data:)|\.md"|<img|<p>\s*<\/p>/)
  })

  test('names the address of its service in what there is to copy, where it is known', async () => {
    const known = await documentPage('calling', released, address)
    expect(known.body).toContain(`<code>curl ${address}/v1/models/claude-haiku-4-5\n`)
    const unknown = await documentPage('calling', released, undefined)
    const span = '<span class="origin">https://models.example</span>'
    expect(unknown.body).toContain(`<code>curl ${span}/v1/models/claude-haiku-4-5\n`)
    // Another name is another host.
    const deploying = await documentPage('deploying', released, address)
    expect(deploying.body).toContain('https://models.example.com&quot;')
  })

  test('that is code stays code', async () => {
    const { body } = await documentPage('embedding', released, address)
    expect(body).toContain(
      `&lt;script type=&quot;module&quot; src=&quot;${address}/widget.js&quot;`,
    )
    expect(body.match(/<script/g)).toHaveLength(1)
  })
})

test('one text has them all', async () => {
  const { body } = await allDocuments(released)
  for (const name of names) expect(body).toContain(`<!-- /docs/${name} -->\n\n# `)
  expect(body).toContain('<!-- /docs -->\n\n# models-edge\n')
  // Blanks that align a table, and pictures, are of no use there.
  expect(body).toContain('\n| `GET /v1/lines/{line}` | that model |\n')
  expect(body).not.toMatch(/^<(?:img|picture)/m)
})

const missing = {
  status: 404,
  message: 'There is no such document here: /docs leads to all that there are',
}

/** What has everything: a name that must not be asked for is refused before. */
const anything = { fetch: () => Promise.resolve(new Response('{"main":""}')) }

test.each(['index', 'Calling', '1calling', 'calling.json', '..%2Findex', 'a'.repeat(33)])(
  '%.12s is no document',
  async (name) => {
    await expect(documentPage(name, anything, address)).rejects.toMatchObject(missing)
  },
)

test('what is not among the assets is missing, and so is all where there are none', async () => {
  await expect(documentPage('missing', released, address)).rejects.toMatchObject(missing)
  await expect(documentPage('calling', undefined, address)).rejects.toMatchObject(missing)
  await expect(allDocuments(undefined)).rejects.toMatchObject(missing)
})
