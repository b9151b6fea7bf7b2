import { expect, test } from 'vitest'
import { planOf } from '../src/plan.ts'
import { run, type Told } from '../src/run.ts'

/** Four hours: one with twelve faults, and three that are calm. */
function runOf(seed: number, places: number): Promise<Told> {
  return run(planOf({ seed, places, days: 4 / 24, faults: 72 }))
}

test('a run is a function of its seed', async () => {
  const [first, again, other] = [await runOf(11, 2), await runOf(11, 2), await runOf(6, 2)]
  expect(first.fingerprint.marks.length).toBeGreaterThan(0)
  expect(again.fingerprint.marks).toEqual(first.fingerprint.marks)
  expect(again.fingerprint.text).toBe(first.fingerprint.text)
  expect(other.fingerprint.text).not.toBe(first.fingerprint.text)
})

test.for([6, 11])('seed %i: every promise is kept, whatever fails', async (seed) => {
  const { violation, world } = await runOf(seed, 4)
  expect(world.plan.faults).toHaveLength(12)
  expect(violation).toBeUndefined()
})
