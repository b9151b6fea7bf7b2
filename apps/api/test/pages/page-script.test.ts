import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { usePages } from './pages.ts'
import { models } from '../started/stand-in.ts'

const pages = usePages()
const { open, service } = pages
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')

describe('copying', () => {
  const permitted = { permissions: ['clipboard-read', 'clipboard-write'] }

  test('an id, by keyboard, is announced', async () => {
    const page = await open(permitted)
    const button = page.getByRole('button', { name: `Copy ${current[0]!.id}` }).first()
    await button.focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => button.textContent()).toBe('copied')
    expect(await page.getByRole('status').first().textContent()).toBe(`copied: ${current[0]!.id}`)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(current[0]!.id)
  })

  test('a snippet gives it to the letter, with the address that the page has', async () => {
    const page = await open(permitted)
    await page.getByRole('button', { name: 'Copy: curl' }).click()
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toBe(`curl ${service.origin}/v1/models`)
  })

  test('where there is no clipboard is said', async () => {
    const page = await open({}, (tab) =>
      tab.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined })),
    )
    const button = page.getByRole('button', { name: 'Copy: curl' })
    await button.click()
    await expect.poll(() => button.textContent()).toBe('not copied')
  })

  test('that the browser does not let happen is said', async () => {
    const page = await open({}, (tab) =>
      tab.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('no'))
      }),
    )
    const button = page.getByRole('button', { name: 'Copy: curl' })
    await button.click()
    await expect.poll(() => button.textContent()).toBe('not copied')
    await expect.poll(() => button.textContent(), { timeout: 5000 }).toBe('copy')
  })
})

describe('the snippets', () => {
  const ids = current.map(({ id }) => id)

  test('for fetch, the SDK and core run, and print every current model', async () => {
    expect(await printed(await snippet('TypeScript SDK'))).toBe(`${ids.join('\n')}\n`)
    const core = await printed(await snippet('core, the library underneath'))
    expect(core.trim().split('\n')).toEqual(
      current.map(({ id, lifecycle }) => `${id} ${lifecycle}`),
    )
    const fetched = await printed(await snippet('fetch'))
    for (const id of ids) expect(fetched).toContain(`'${id}'`)
  })

  test('for curl and Python name the right address', async () => {
    const [, url] = /^curl (\S+)$/.exec(await snippet('curl'))!
    const { data } = (await (await fetch(url!)).json()) as { data: { id: string }[] }
    expect(data.map(({ id }) => id)).toEqual(ids)
    expect(await snippet('Python SDK')).toContain(`base_url="${service.origin}"`)
  })
})

describe('the moment', () => {
  test('tells how long ago the sync was', async () => {
    const page = await open({}, (tab) => tab.clock.install({ time: Date.now() + 3 * 60_000 }))
    const ago = () =>
      page.locator('time[data-ago]').evaluate((time) => getComputedStyle(time, '::after').content)
    expect(await ago()).toMatch(/^" \([345] minutes ago\)"$/)
    await page.clock.fastForward(2 * 3_600_000)
    await expect.poll(ago).toBe('" (2 hours ago)"')
    await page.clock.fastForward(72 * 3_600_000)
    await expect.poll(ago).toBe('" (3 days ago)"')
  })

  test('counts the days on', async () => {
    const due = models.find(({ lifecycle }) => lifecycle === 'deprecated')!
    const soon = async (before: number) => {
      const time = Date.parse(due.retires_at!) - before * 86_400_000
      const page = await open({}, (tab) => tab.clock.install({ time }))
      return page.locator('.soon').innerText()
    }
    expect(await soon(3.5)).toMatch(/^4\s+days left/)
    expect(await soon(0.5)).toMatch(/^1\s+day left/)
    expect(await soon(-5)).toMatch(/^0\s+days left/)
  })

  test('of a clock that is behind is no time in the future', async () => {
    const page = await open({}, (tab) => tab.clock.install({ time: Date.now() - 3_600_000 }))
    const ago = await page.locator('time[data-ago]').getAttribute('data-ago')
    expect(ago).toBe(' (this minute)')
  })

  test('counts how often the sync has failed', async () => {
    const last_failure = { reason: 'timeout', in_a_row: 12 }
    const page = await open({}, (tab) =>
      tab.route('**/health', (route) =>
        route.fulfill({ json: { status: 'degraded', last_failure } }),
      ),
    )
    await expect
      .poll(() => page.locator('#freshness').innerText())
      .toContain('The last 12 syncs failed (timeout): shown is the last good copy.')
  })

  test('tells that no sync comes through, for no reason that is known', async () => {
    const page = await open({}, (tab) =>
      tab.route('**/health', (route) =>
        route.fulfill({ json: { status: 'degraded', last_failure: null } }),
      ),
    )
    const freshness = page.locator('#freshness')
    await expect
      .poll(() => freshness.innerText())
      .toMatch(/\. No sync has come through for a while: shown is the last good copy\.$/)
    expect(await freshness.getAttribute('class')).toBe('stale')
  })

  test('that /health cannot tell changes nothing', async () => {
    for (const body of ['<html>', '{}', '{"status":"ok"}']) {
      const asked = Promise.withResolvers<void>()
      const page = await open({}, (tab) =>
        tab.route('**/health', async (route) => {
          await route.fulfill({ body })
          asked.resolve()
        }),
      )
      await asked.promise
      await page.waitForLoadState('networkidle')
      if (body !== '{}')
        expect(await page.locator('#freshness').innerText()).toMatch(/^As of .*UTC\.$/)
    }
  })

  test('tells that the sync is failing', async () => {
    pages.upstream.instead = () => ({ status: 529, body: '{"type":"error","error":{}}' })
    try {
      await service.tick()
      const page = await open()
      const freshness = page.locator('#freshness')
      await expect
        .poll(() => freshness.innerText())
        .toMatch(/The last sync failed \(overloaded\): shown is the last good copy\.$/)
    } finally {
      pages.upstream.instead = () => undefined
      await service.tick()
    }
  })
})

async function snippet(title: string): Promise<string> {
  const page = await open()
  return page
    .locator('article', { has: page.getByRole('heading', { name: title, exact: true }) })
    .locator('code')
    .evaluate((code) => code.textContent ?? '')
}

/** What a program prints that stands in this package. */
async function printed(code: string): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', code],
    { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  )
  return stdout
}
