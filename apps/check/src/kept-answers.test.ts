import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Send } from '@models-edge/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Folder } from '../test/folder.ts'
import { KeptAnswers } from './kept-answers.ts'

const NOW = '2026-11-20T12:00:00.000Z'
const [A, B] = ['https://models.example/a', 'https://models.example/b']

let folder: Folder
beforeEach(() => {
  folder = new Folder()
})
afterEach(() => folder[Symbol.dispose]())

function open(path: string | undefined = folder.path): KeptAnswers {
  return new KeptAnswers(path, () => new Date(NOW))
}

function answering(body: BodyInit, headers: Record<string, string> = {}): Send {
  return () => Promise.resolve(new Response(body, { headers }))
}

async function keep(url: string, body: string, headers?: Record<string, string>): Promise<void> {
  const answers = open()
  await answers.renewing(answering(body, headers))(new Request(url))
  answers.keep()
}

async function kept(url: string, answers = open()): Promise<string> {
  const response = await answers.send(new Request(url))
  return `${response.status} ${await response.text()}`
}

test('gives what was kept, and 404 for what was not', async () => {
  await keep(A, 'é')
  expect(await kept(A)).toBe('200 é')
  expect(await kept(B)).toBe('404 ')
  expect(await kept(A, new KeptAnswers(undefined, () => new Date()))).toBe('404 ')
})

test('keeps nothing without a folder', async () => {
  const answers = new KeptAnswers(undefined, () => new Date(NOW))
  expect(await (await answers.renewing(answering('a'))(new Request(A))).text()).toBe('a')
  expect(() => answers.keep()).not.toThrow()
  expect(answers.oldest).toBe(NOW)
})

test('is as old as the oldest of what was given', async () => {
  await keep(A, 'a', { 'x-synced-at': '2026-11-20T10:00:00Z' })
  await keep(B, 'b', { 'x-synced-at': '2026-11-20T11:00:00Z' })
  for (const urls of [
    [A, B],
    [B, A],
  ]) {
    const answers = open()
    expect(answers.oldest).toBeNull()
    for (const url of urls) await kept(url, answers)
    expect(answers.oldest).toBe('2026-11-20T10:00:00.000Z')
  }
})

test('tells long addresses apart, and names files as every system can', async () => {
  const long = `${A}?${'%'.repeat(300)}`
  await keep(`${long}1`, '1')
  expect(await kept(`${long}2`)).toBe('404 ')
  expect(await kept(`${long}1`)).toBe('200 1')
  for (const name of readdirSync(folder.path)) expect(name).toMatch(/^[\w.-]{1,185}\.json$/)
})

test.each<[string, object]>([
  ['an address of another', { url: B }],
  ['no age', { synced_at: 'soon' }],
])('does not use what has %s', async (_, other) => {
  await keep(A, 'a')
  const [name = ''] = readdirSync(folder.path)
  const path = join(folder.path, name)
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...other }))
  expect(await kept(A)).toBe('404 ')
})

/** `text` in pieces of some bytes. */
function inPieces(text: string, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}

test('reads characters that come in pieces, and no body', async () => {
  const answers = open()
  const renew = (body: BodyInit | null): Promise<Response> =>
    answers.renewing(() => Promise.resolve(new Response(body)))(new Request(A))
  expect(await (await renew(inPieces('aé😀', 1))).text()).toBe('aé😀')
  expect(await (await renew(null)).text()).toBe('')
})

test('reads no more than a body can have', async () => {
  const body = 'x'.repeat(10_000_000)
  const whole = open().renewing(answering(inPieces(body, 1_000_000)))
  expect((await whole(new Request(A))).status).toBe(200)
  const endless = open().renewing(answering(inPieces(`${body}x`, 1_000_000)))
  await expect(endless(new Request(A))).rejects.toThrow('its answer does not end')
})
