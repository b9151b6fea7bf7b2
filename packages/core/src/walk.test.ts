import { expect, test } from 'vitest'
import { getModel, listModels, listPages, type Send } from './walk.ts'

const ROOT = 'https://api.anthropic.com/v1/models'
const reason = new Error('enough')

/** Gives the answers in the given order, and refuses a request for anything else. */
function planned(...answers: (readonly [query: string, answer: unknown])[]) {
  const asked: Request[] = []
  const send: Send = async (request) => {
    const [query, answer] = answers[asked.length] ?? expect.unreachable('Nobody planned a request')
    asked.push(request)
    expect(request.url).toBe(ROOT + query)
    return Response.json(answer)
  }
  return { send, asked }
}

function page(ids: string, has_more = true): object {
  const data = ids.split(' ').map((id) => ({ type: 'model', id }))
  return { data, has_more, first_id: data[0]?.id, last_id: data.at(-1)?.id }
}

test('the models come one by one, requested as they are needed', async () => {
  const { send, asked } = planned(
    ['?limit=2', page('e d')],
    ['?limit=2&after_id=d', page('c b')],
    ['?limit=2&after_id=b', page('a', false)],
  )
  const requests: Record<string, number> = {}
  for await (const { id } of listModels(send, { limit: 2 }, { apiKey: 'k' })) {
    requests[id] = asked.length
  }
  expect(requests).toEqual({ e: 1, d: 1, c: 2, b: 2, a: 3 })
  expect(asked.map(({ headers }) => headers.get('x-api-key'))).toEqual(['k', 'k', 'k'])
})

test('the pages come as they are, up to as many as are allowed', async () => {
  const { send, asked } = planned(['?before_id=a', page('c b')])
  const pages = listPages(send, { before_id: 'a' }, { maxPages: 1 })
  expect(asked).toEqual([])
  expect((await pages.next()).value).toEqual(page('c b'))
  await expect(pages.next()).rejects.toThrow('it has more than 1 pages')
})

test('a model comes by its id, as it is', async () => {
  const model = { type: 'model', id: 'claude-haiku-4-5-20251001', x: [1] }
  const { send } = planned(['/claude-haiku-4-5', model])
  expect(await getModel(send, 'claude-haiku-4-5')).toEqual(model)
})

test('what is wrong is refused without a request', async () => {
  const { send, asked } = planned()
  await expect(listModels(send, { limit: 0 }).next()).rejects.toThrow('limit: ')
  await expect(getModel(send, '..')).rejects.toThrow('model_id: ')
  expect(asked).toEqual([])
})

test('an abort inside a page shows no further model', async () => {
  const controller = new AbortController()
  const models = listModels(planned(['', page('c b', false)]).send, {}, controller)
  await models.next()
  controller.abort(reason)
  await expect(models.next()).rejects.toBe(reason)
})

test.each<[string, (send: Send, signal: AbortSignal) => Promise<unknown>]>([
  ['list', (send, signal) => listModels(send, {}, { signal }).next()],
  ['model', (send, signal) => getModel(send, 'a', { signal })],
])('an abort while the body of a %s is read comes out as itself', async (_, read) => {
  const controller = new AbortController()
  const send: Send = async ({ signal }) => {
    controller.abort(reason)
    // The request has the caller's signal, and its body breaks off.
    return new Response(signal.aborted ? '{' : '{"data":[],"has_more":false}')
  }
  await expect(read(send, controller.signal)).rejects.toBe(reason)
})
