import { expect, test } from 'vitest'
import { codeOf, firstCode } from '../src/code/code.ts'
import { type Plan, planOf } from '../src/plan.ts'
import { run } from '../src/run.ts'
import { WHOLE_LIST } from '../src/people/callers.ts'
import { Client } from '../src/people/client.ts'
import { isHiddenByDefault } from '../src/upstream/year.ts'

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
  const plan: Plan = { ...planBy(5, 2), newsEveryMs: 300_000, beginsWith: 'now' }
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

test('every promise is kept while old and new code run at once', async () => {
  const plan = planOf({ seed: 2, places: 4, days: 3 / 24, faults: 96, only: ['deploy'] })
  const { violation, world } = await run({ ...plan, beginsWith: 'before' })
  expect(world.plan.faults.some((fault) => codeOf(fault) === firstCode('now'))).toBe(true)
  expect(world.plan.faults.some((fault) => codeOf(fault) === firstCode('before'))).toBe(true)
  expect(violation).toBeUndefined()
})

// The list, KV twice, and the put: with less, the first of them has no end.
test.each([4, 5, 6, 7, 8, 9])(
  'a new deployment whose Keeper is ended after %i questions is complete within three ticks',
  async (questions) => {
    const plan = planOf({ seed: 3, places: 3, faults: 0, news: 10_000 })
    const { start } = plan
    const end = start + 4 * 60_000
    const short = { kind: 'keeper short', from: start, until: end, places: undefined } as const
    const counts: number[] = []
    const { violation, world } = await run(
      { ...plan, calm: end, end, faults: [{ ...short, strength: (questions - 0.5) / 9 }] },
      {
        begin(begun) {
          const client = new Client(begun)
          const count = async (): Promise<void> => {
            for (const place of begun.places) {
              const wire = await client.direct(place, WHOLE_LIST)
              counts.push((JSON.parse(wire?.text ?? '{}') as { data: unknown[] }).data.length)
            }
          }
          begun.scheduler.at(start + 3.5 * 60_000, () => void count())
        },
      },
    )
    expect(violation).toBeUndefined()
    const { models } = world.truth.without(isHiddenByDefault).at(start)
    expect(counts).toEqual(world.places.map(() => models.size))
  },
)
