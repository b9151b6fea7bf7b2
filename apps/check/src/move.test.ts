import { compareModels, type ModelInfo } from '@models-edge/core'
import { expect, test } from 'vitest'
import { moveOf } from './move.ts'

function model(id: string, more: Partial<ModelInfo>): ModelInfo {
  return { type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z', ...more }
}

const YES = { supported: true }
const NO = { supported: false }

test.each<[Partial<ModelInfo>, Partial<ModelInfo>, readonly string[]]>([
  [{}, {}, []],
  [{ max_tokens: 1, max_input_tokens: 5 }, { max_tokens: 1, max_input_tokens: 5 }, []],
  [
    { max_tokens: 64_000, max_input_tokens: 200_000 },
    { max_tokens: 32_000, max_input_tokens: 1_000_000 },
    ['context window 200,000 to 1,000,000', 'longest answer 64,000 to 32,000'],
  ],
  [
    {
      capabilities: {
        batch: YES,
        citations: YES,
        pdf_input: NO,
        thinking: { ...YES, types: { enabled: YES, adaptive: NO } },
      },
    },
    {
      capabilities: {
        batch: NO,
        citations: NO,
        pdf_input: YES,
        thinking: { ...YES, types: { enabled: NO, adaptive: YES } },
      },
    },
    ['loses batch, citations, thinking.types.enabled', 'gains pdf_input, thinking.types.adaptive'],
  ],
])('what changes from %j to %j', (from, to, changes) => {
  const comparison = compareModels(model('a', from), model('b', to))
  expect(moveOf(comparison)).toEqual({ from: 'a', to: 'b', changes, not_told: comparison.not_told })
})
