import { expect, test } from 'vitest'
import { scaleBudgets, servingBudgets, unrememberedBudgets } from '../src/budgets.ts'
import { broken } from '../src/contenders.ts'
import type { Pace } from '../src/rounds.ts'

// Mistakes that the budgets are there to notice, so large that a busy machine does not hide them.

const PACE: Pace = { rounds: 4, seconds: 0.2 }

test('a service that parses JSON at each request does not keep up with a constant answer', async () => {
  const { verdicts } = await servingBudgets(broken('parses JSON'), PACE)
  expect(verdicts[0]).toMatchObject({ name: 'against a constant answer', kept: false })
})

test('a service that reads KV at each request keeps no budget', async () => {
  const { verdicts } = await servingBudgets(broken('reads KV'), PACE)
  const others = await unrememberedBudgets(broken('reads KV'), PACE)
  const kept = [...verdicts, ...others].map((verdict) => verdict.kept)
  expect(kept).toEqual([false, false, false, false])
})

test('a service that looks at every model does not keep the budget of large catalogues', async () => {
  const verdicts = await scaleBudgets(broken('scans all models'), PACE)
  expect(verdicts.map(({ kept }) => kept)).toEqual(verdicts.map(() => false))
  expect(verdicts.length).toBeGreaterThan(0)
})
