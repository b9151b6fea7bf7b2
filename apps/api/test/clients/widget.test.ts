import { bundle } from '@models-edge/widget/bundle'
import { expect, test } from 'vitest'
import { currentIds, useService } from '../started/service.ts'
import { useSite } from '../started/site.ts'

// What the elements do is held by their own tests; here they meet the service, on a page of another
// origin whose policy allows this service and nothing else, and which complains of whatever else is tried.

const service = useService()
const site = useSite()

const list = '<model-list><a href="https://models.example">Our own words</a></model-list>'
const form = `<form><model-picker><select name="model">
  <option value="claude-2" selected>claude-2</option>
</select></model-picker></form>`

/** What a person copies from the service's own page. */
async function copied(containing: string): Promise<string> {
  const { page } = await site.visit('', service.origin)
  await page.goto(service.origin)
  return (await page.locator('pre', { hasText: containing }).first().textContent()) ?? ''
}

test('both elements cost one request each, without preflight, cookie or credential', async () => {
  const script = `<script type="module" src="${service.origin}/widget.js"></script>`
  // Cookies know no port: this one is the site's, and the service's too.
  const place = { domain: '127.0.0.1', path: '/', expires: -1, httpOnly: false, secure: false }
  const cookie = { name: 'session', value: 'secret', sameSite: 'Lax', ...place } as const
  const visit = await site.visit(script + list + form, service.origin, {
    storageState: { cookies: [cookie], origins: [] },
  })
  await visit.until('model-list load')
  await visit.until('model-picker load')
  expect(await visit.ids()).toEqual(currentIds)

  const secret = /^(?:authorization|cookie|x-api-key)$/i
  const sent = visit.sent.map(({ method, url, headers }) => {
    const secrets = Object.keys(headers).filter((name) => secret.test(name))
    return [method, url.replace(service.origin, ''), ...secrets].join(' ')
  })
  expect(sent.slice(1).toSorted()).toEqual([
    'GET /v1/models?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired',
    'GET /v1/models?limit=20',
    'GET /widget.js',
  ])
  expect(sent[0]).toMatch(/ cookie$/i) // the page's own: it would have been seen

  // The page may see how long each took.
  const timings = await visit.page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(
      ({ responseStart, transferSize }) => responseStart > 0 && transferSize > 0,
    ),
  )
  expect(timings).toEqual([true, true, true])
})

test.each(['<model-list', '<model-picker'])('the page’s snippet works: %s', async (tag) => {
  const visit = await site.visit(await copied(tag), service.origin)
  await visit.until(`${tag.slice(1)} load`)
})

test('the pinned script is the widget’s file, and works with its hash and no other', async () => {
  const pinned = await copied('integrity=')
  const [, address = ''] = /src="(.+?)"/.exec(pinned) ?? []
  expect(address).toContain(`${service.origin}/widget/`)
  expect(await (await fetch(address)).text()).toBe(await bundle())
  const visit = await site.visit(pinned + list, service.origin)
  await visit.until('model-list load')
  expect(await visit.ids()).toEqual(currentIds)

  const { page } = await site.visit(
    pinned.replace(/sha384-.{4}/, 'sha384-AAAA') + list,
    service.origin,
  )
  expect(await page.evaluate(() => customElements.get('model-list') === undefined)).toBe(true)
  expect(await page.getByText('Our own words').isVisible()).toBe(true)
})
