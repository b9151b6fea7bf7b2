import type { ErrorBody } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import type { Worker } from '../../src/compose.ts'
import { ask, bodyOf, stage, stored, synced } from '../world/world.worker.ts'

stage()

const all = '?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'

async function listed(service: Worker, path = `/v1/models${all}`): Promise<string> {
  return (await ask(service, path)).text()
}

describe('hidden models', () => {
  test.each([
    ['claude-haiku-4-5-20251001', 19],
    ['claude-haiku-*', 18],
  ])('as %s are nowhere', async (HIDDEN_MODELS, count) => {
    const service = await synced({ HIDDEN_MODELS })
    for (const path of [`/v1/models${all}`, '/v1/models', '/v1/changes?limit=1000']) {
      expect(await listed(service, path)).not.toContain('haiku-4-5')
    }
    for (const name of [
      'claude-haiku-4-5-20251001',
      'claude-haiku-4-5',
      'claude-haiku-4-5-2025100',
    ]) {
      const answer = await ask(service, `/v1/models/${name}`)
      const { error } = await answer.json<ErrorBody>()
      expect([answer.status, error.message]).toEqual([404, `model: ${name}`])
      expect(JSON.stringify(error.details ?? null)).not.toContain('haiku-4-5')
    }
    for (const cursor of ['after_id', 'before_id']) {
      const query = `${cursor}=claude-haiku-4-5-20251001`
      expect((await ask(service, `/v1/models?${query}`)).status).toBe(400)
    }
    const { headers } = await ask(service, '/v1/models?limit=1&after_id=claude-opus-4-5-20251101')
    expect(headers.get('link')).not.toContain('haiku-4-5')
    expect(await bodyOf(ask(service, '/health'))).toMatchObject({ models: count })
    expect(await stored()).not.toContain('haiku-4-5')
  })

  test('may be aliases alone', async () => {
    const service = await synced({ HIDDEN_MODELS: 'claude-haiku-4-5' })
    const answer = await ask(service, '/v1/models/claude-haiku-4-5')
    expect(answer.status).toBe(404)
    expect((await answer.json<ErrorBody>()).error.details).toEqual({
      suggestions: ['claude-haiku-4-5-20251001', 'claude-haiku-5-5'],
    })
    expect((await ask(service, '/v1/models/claude-haiku-4-5-20251001')).status).toBe(200)
  })
})
