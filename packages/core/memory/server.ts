import { type Listener, listen } from '@models-edge/testing/listener'

const first = { data: [{ id: 'c' }, { id: 'b' }], has_more: true, first_id: 'c', last_id: 'b' }
const last = { data: [{ id: 'a' }], has_more: false, first_id: 'a', last_id: 'a' }
const error = { type: 'error', error: { type: 'api_error', message: 'This is a test' } }

/** A Models API of two pages. Below a path it is busy every other time, cut off, or stuck. */
export function serve(): Promise<Listener> {
  let calls = 0
  return listen(({ url = '' }, response) => {
    const [, kind] = url.split('/')
    calls += 1
    if (kind === 'busy' && calls % 2 === 0)
      return response.writeHead(529).end(JSON.stringify(error))
    if (url.endsWith('/nobody')) return response.writeHead(404).end(JSON.stringify(error))
    if (kind === 'cut') return response.write('{"data":[', () => response.destroy())
    if (kind === 'stuck') return response.write('{"data":[')
    return response.end(JSON.stringify(url.includes('after_id') ? last : first))
  })
}
