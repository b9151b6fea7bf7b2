import { fileURLToPath } from 'node:url'
import { getRequest } from '@models-edge/core'
import { connect, type Failing, sdks, testSdks, thrownBy } from '@models-edge/testing/sdk-suite'
import { useStandIn } from '@models-edge/testing/stand-in'
import { describe, expect, test } from 'vitest'
import { aliases, models } from '../../src/catalogue.ts'

const config = fileURLToPath(new URL('../../wrangler.jsonc', import.meta.url))
const standIn = Object.assign(useStandIn(config), { models, aliases })

const statuses = [400, 401, 403, 404, 413, 429, 500, 502, 504, 529] as const
testSdks(
  standIn,
  statuses.map((status): Failing => {
    const headers = { 'x-stand-in-fault': `fault=status&status=${status}` }
    return [`status ${status}`, (api) => api.models.list({}, { headers }), status, `${status}`]
  }),
)

/** Ids that are one segment of a path only if they are encoded as they must be. */
const oddIds = [
  Array.from({ length: 128 }, (_, code) => `a${String.fromCharCode(code)}b`),
  ['...', '.a', 'a.', '../models', '//x', '\\..\\', '%', '%2e', '%zz', 'a;v=1', '.,;'],
  ['é', '中文', 'a😀/😀', '\ufeff', '\uffff', 'e\u0301'],
].flat()

describe.each(sdks)('$name', ({ Sdk }) => {
  test.each([
    ['a passing status until it has passed', 'status=529&retry-after=0.01&times=2', 3, true],
    ['no status that is not worth it', 'status=500&should-retry=false', 1, false],
    ['any status that is worth it', 'status=404&should-retry=true&retry-after=0.01', 2, true],
    ['no 404', 'status=404', 1, false],
  ])('retries %s', async (_, plan, calls, isAnswered) => {
    const options = Object.fromEntries(new URLSearchParams(`fault=status&${plan}`))
    await standIn.misbehave(options)
    const listing = connect(Sdk, standIn).models.list({}, { maxRetries: 2 })
    if (isAnswered) expect((await listing).data).not.toEqual([])
    else expect(await thrownBy(listing)).toMatchObject({ status: Number(options['status']) })
    expect(await standIn.calls()).toBe(calls)
  })

  test('gives up on an answer that does not begin', async () => {
    await standIn.misbehave({ fault: 'slow-headers', ms: '600000' })
    const listing = connect(Sdk, standIn).models.list({}, { timeout: 1 })
    expect(await thrownBy(listing)).toBeInstanceOf(Sdk.APIConnectionTimeoutError)
  })

  test('asks for a model where core does, whatever its id', async () => {
    const asked: string[] = []
    const client = connect(Sdk, standIn).withOptions({
      async fetch(url) {
        asked.push(new Request(url).url)
        return Response.json(models[0])
      },
    })
    for (const id of oddIds) await client.models.retrieve(id)
    const { origin: baseURL } = standIn
    expect(asked).toEqual(oddIds.map((id) => getRequest(id, { baseURL }).url))
  })
})
