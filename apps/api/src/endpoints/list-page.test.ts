import { expect, test } from 'vitest'
import { changeAt, modelOf, viewOf } from '../../test/world/snapshots.ts'
import { digest } from '../http/digest.ts'
import { changesPage } from './changes.ts'
import { modelAnswer } from './model.ts'
import { modelsPage } from './models.ts'

const view = viewOf({
  models: [modelOf('b'), modelOf('a', { lifecycle: 'retired' })],
  changes: [changeAt(2, 'b'), changeAt(1, 'a')],
})

// A tag names data, and not bytes: where the same data is written otherwise, WRITING must be raised in
// http/answer.ts, or caches keep what was written before.
test.each([
  [
    'a page of models',
    modelsPage(view, new URLSearchParams('limit=1')),
    '"1-b777979cec664a24" 9e38cd77d628fd0608001fde0bdd3d19',
  ],
  [
    'a page of changes',
    changesPage(view, new URLSearchParams('limit=1')),
    '"1-4c2c63b341e35427" f2f67f8566269f29cbb33ec441d742d5',
  ],
  ['a model', modelAnswer(view, 'b'), '"1-432857f21355d3fe" d416db31ae9f2db3cc3acf928bd4f336'],
])('%s is written as its tag says', async (_, { body, headers }, wanted) => {
  expect(`${headers.get('etag')} ${await digest(new TextEncoder().encode(body))}`).toBe(wanted)
})
