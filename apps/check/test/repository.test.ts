import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LifecycleDocument, ModelInfo, Send } from '@models-edge/core'
import { expect, test } from 'vitest'
import { Folder } from './folder.ts'
import { NOW } from './models.ts'
import { run } from './world.ts'

// The command on this very repository, on the day of the stand-in's models.

const root = join(import.meta.dirname, '../../..')

interface Catalogue {
  readonly models: readonly ModelInfo[]
  readonly aliases: LifecycleDocument['aliases']
}

test('no model id of this repository is dying, but those that are meant to', async () => {
  const { aliases, models } = JSON.parse(
    readFileSync(join(root, 'apps/upstream/src/catalogue.json'), 'utf8'),
  ) as Catalogue
  const document = { type: 'lifecycle', models, aliases, past_aliases: {}, past_aliases_since: {} }
  const page = { data: models, has_more: false, first_id: null, last_id: null }
  const send: Send = ({ url }) =>
    Promise.resolve(Response.json(url.endsWith('/v1/lifecycle') ? document : page))
  using home = new Folder()
  const env = { HOME: home.path, MODELS_EDGE_URL: 'https://models.example' }
  const { code, notes, out } = await run(
    root,
    ['--fail-on', 'retired,overdue,deprecated,unknown'],
    { env, send, now: () => new Date(NOW) },
  )
  expect(notes).toBe('')
  expect(out).not.toContain('The configuration ignores')
  expect(code, out).toBe(0)
})
