import type { Send } from '@models-edge/core'
import type { World } from '../src/command.ts'
import { command } from '../src/command.ts'
import { DOCUMENT, MODELS, NOW } from './models.ts'

/** A models-edge that is three minutes behind, and refuses what nobody planned. */
const edge: Send = ({ url }) => {
  const { pathname } = new URL(url)
  const headers = { 'x-synced-at': new Date(NOW - 180_000).toISOString() }
  if (pathname === '/v1/lifecycle') return Promise.resolve(Response.json(DOCUMENT, { headers }))
  const page = { data: MODELS, has_more: false, first_id: null, last_id: null }
  if (pathname === '/v1/models') return Promise.resolve(Response.json(page, { headers }))
  return Promise.reject(new Error(`unexpected address ${url}`))
}

export interface Ran {
  readonly code: 0 | 1 | 2
  readonly out: string
  readonly notes: string
}

/** Runs the command in a folder, with nothing of the process around it. */
export async function run(
  cwd: string,
  given: readonly string[],
  world: Partial<World> = {},
): Promise<Ran> {
  let out = ''
  let notes = ''
  const code = await command(given, {
    cwd,
    env: { HOME: `${cwd}/.git`, MODELS_EDGE_URL: 'https://models.example' },
    platform: 'linux',
    isTerminal: false,
    isNoteTerminal: false,
    now: () => new Date(NOW),
    readStdin: () => Promise.resolve(Buffer.of()),
    write: (text) => (out += text),
    note: (text) => (notes += text),
    send: edge,
    ...world,
  })
  return { code, out, notes }
}
