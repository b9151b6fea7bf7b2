import { expect, test } from 'vitest'
import type { Answer } from '../../http/answer.ts'
import { filesOnce } from '../files.ts'
import { pinnedWidget } from './widget.ts'

const files = await filesOnce()()
const { path } = files.widget
const released = 'https://assets.invalid/widget/0.1.0-abcd/widget.js'

/** Where released files are kept. Nothing but a version is looked for there. */
const assets = {
  fetch(url: string): Promise<Response> {
    if (!/\/\d[\w.-]{0,63}\/widget\.js$/.test(url)) throw new Error(`unexpected request to ${url}`)
    return Promise.resolve(new Response('earlier', { status: url === released ? 200 : 404 }))
  },
}

/** The file of a version, its type, and for how long caches may keep it. */
async function fileOf(version: string): Promise<readonly (string | null)[]> {
  const { body, headers }: Answer = await pinnedWidget(version, files, assets)
  const [type, policy] = ['content-type', 'cache-control'].map((name) => headers.get(name))
  return [body, type ?? null, policy ?? null]
}

test('a version of the widget is this one, or one that was released before, and stays for good', async () => {
  const forever = ['text/javascript; charset=utf-8', 'public, max-age=31536000, immutable']
  const [, version = ''] = /^\/widget\/(\d+\.\d+\.\d+-[0-9a-f]{8})\/widget\.js$/.exec(path) ?? []
  expect(await fileOf(version)).toEqual([files.widget.newest.body, ...forever])
  expect(await fileOf('0.1.0-abcd')).toEqual(['earlier', ...forever])
})

test.each(['0.2.0-abcd', 'latest', '0%2F..%2Fx', '0?x', `0${'1'.repeat(64)}`])(
  '%.9s is not here',
  async (name) => {
    const message = `This version of the widget is not here: ${path} is, and /widget.js`
    await expect(fileOf(name)).rejects.toMatchObject({ status: 404, message })
    await expect(pinnedWidget(name, files, undefined)).rejects.toThrow(message)
  },
)
