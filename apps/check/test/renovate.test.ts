import { join } from 'node:path'
import { examplesOf } from '@models-edge/testing/packed'
import jsonata from 'jsonata'
import { expect, test } from 'vitest'
import { MODELS } from './models.ts'

// The README's recipe for Renovate: its transform by the program that Renovate runs it with, its patterns by
// the ids that there are.

interface Recipe {
  readonly customDatasources: {
    readonly claude: { readonly transformTemplates: readonly [string] }
  }
  readonly customManagers: readonly [
    { readonly matchStrings: readonly [string]; readonly versioningTemplate: string },
  ]
}

const examples = examplesOf(join(import.meta.dirname, '..'), 'json')
const recipe = JSON.parse(
  examples.find((code) => code.includes('customDatasources')) ?? '',
) as Recipe

test('the transform makes a release of each model', async () => {
  const [template] = recipe.customDatasources.claude.transformTemplates
  const { releases } = (await jsonata(template).evaluate({ data: MODELS })) as {
    releases: readonly object[]
  }
  expect(releases).toHaveLength(MODELS.length)
  expect(releases).toContainEqual({
    version: 'claude-opus-5-5',
    releaseTimestamp: '2026-09-21T00:00:00Z',
    isDeprecated: false,
  })
  expect(releases).toContainEqual(
    expect.objectContaining({ version: 'claude-opus-4-1-20250805', isDeprecated: true }),
  )
})

test('the patterns find and order ids', () => {
  const [{ matchStrings, versioningTemplate }] = recipe.customManagers
  const [pattern] = matchStrings
  const versions = new RegExp(versioningTemplate.replace('regex:', ''))
  for (const { id } of MODELS) {
    expect(new RegExp(pattern).exec(`model: ${id}`)?.groups?.['currentValue']).toBe(id)
  }
  expect(versions.exec('claude-opus-4-1-20250805')?.groups).toMatchObject({
    compatibility: 'opus',
    major: '4',
    minor: '1',
    build: '20250805',
  })
  expect(versions.exec('claude-opus-5')?.groups).toMatchObject({ major: '5', minor: undefined })
})
