import { expect, test } from 'vitest'
import { type Plan, planOf } from '../src/plan.ts'
import { run } from '../src/run.ts'

/** Three hours: half of them with twelve faults, and half that are calm. */
function planBy(seed: number, places: number): Plan {
  return planOf({ seed, places, days: 3 / 24, faults: 96 })
}

test('a run is a function of its seed', async () => {
  const [first, again] = [await run(planBy(11, 2)), await run(planBy(11, 2))]
  const other = await run(planBy(6, 2))
  expect(first.fingerprint.marks.length).toBeGreaterThan(0)
  expect(again.fingerprint.marks).toEqual(first.fingerprint.marks)
  expect(again.fingerprint.text).toBe(first.fingerprint.text)
  expect(other.fingerprint.text).not.toBe(first.fingerprint.text)
})

test('what is hidden changes no byte and no rhythm', async () => {
  const plan = { ...planBy(5, 2), newsEveryMs: 300_000 }
  const [shown, without] = [await run(plan), await run({ ...plan, withoutHidden: true })]
  expect(shown.world.truth.versions.some(({ why }) => why.includes('hidden'))).toBe(true)
  expect(without.fingerprint.marks).toEqual(shown.fingerprint.marks)
  expect(without.fingerprint.text).toBe(shown.fingerprint.text)
})

test('every promise is kept, whatever fails', async () => {
  const { violation, world } = await run(planBy(6, 4))
  expect(world.plan.faults).toHaveLength(12)
  expect(violation).toBeUndefined()
})
