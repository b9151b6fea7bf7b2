import { ApiError } from '@models-edge/core'
import { type IRequestStrict, Router } from 'itty-router'
import { answerError } from './answer.ts'
import { moveClock, resetClock } from './clock.ts'
import { preflight } from './cors.ts'
import { forgetPlans, plan } from './plan.ts'
import { serveList, serveModel } from './serve.ts'

type Call = IRequestStrict & { readonly params: { readonly id: string } }

/** How often the Models API was called, for tests that count. */
let calls = 0

const router = Router<Call, [Env], Response>({
  catch(error: unknown, request: Call) {
    if (error instanceof ApiError) return answerError(request, error)
    throw error
  },
})

router
  .all('/v1/*', () => void (calls += 1))
  .options('*', preflight)
  .get('/v1/models', (request, { API_KEY }) => serveList(request, API_KEY))
  .get('/v1/models/:id', (request, { API_KEY }) => serveModel(request, request.params.id, API_KEY))
  .all('/v1/models/:id?', () => {
    throw new ApiError('Method Not Allowed', { status: 405, type: 'invalid_request_error' })
  })
  // How tests talk to the stand-in about itself.
  .get('/stand-in', () => Response.json({ calls }))
  .post('/stand-in/faults', ({ url }) => done(() => plan(new URL(url).searchParams)))
  // A link will do, too.
  .all('/stand-in/clock', ({ url }) => done(() => moveClock(new URL(url).searchParams)))
  .post('/stand-in/reset', () =>
    done(() => {
      calls = 0
      forgetPlans()
      resetClock()
    }),
  )
  .all('*', () => {
    throw new ApiError('Not found', { status: 404, type: 'not_found_error' })
  })

function done(action: () => void): Response {
  action()
  return new Response(null, { status: 204 })
}

export default { fetch: router.fetch } satisfies ExportedHandler<Env>
