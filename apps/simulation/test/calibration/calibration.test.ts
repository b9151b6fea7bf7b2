import { expect, test } from 'vitest'
import { inWorkerd } from './real.ts'
import { inSimulation } from './simulated.ts'
import { story } from './story.ts'

test('the simulated object and a real one do the same in the same story', async () => {
  const [real, simulated] = [await inWorkerd(story), await inSimulation(story)]
  expect(simulated).toEqual(real)
  expect(real).toEqual([
    'four at once: before: ',
    'four at once: before: ',
    'four at once: before: ',
    'four at once: before: ',
    'all of them wrote: a,b,c,d',
    'from now on: forgotten',
    'a transaction: before it,after it',
    'one that throws: thrown on purpose',
    'what it wrote stays: before it,after it,thrown',
    'memory: 1',
    'memory: 2',
    'killed while it waits: lost',
    'memory is gone: 1',
    'what was written before it asked is there, and nothing after: before it,after it,thrown,dying before',
    'an answer: written',
    'what was answered is there: before it,after it,thrown,dying before,answered',
    'asked outside: written and asked',
    'it is there: before it,after it,thrown,dying before,answered,asked',
  ])
})
