import { ApiError } from '@models-edge/core'
import { afterEach, describe, expect, test } from 'vitest'
import { faults } from './faults.ts'
import { forgetPlans, misbehaviourFor, plan } from './plan.ts'

const request = new Request('http://upstream.test/v1/models')

/** What an action refuses as a request that is wrong. */
function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) return error.message
    throw error
  }
  return 'nothing'
}

function planned(query: string): () => void {
  return () => plan(new URLSearchParams(query))
}

function asked(query: string): () => unknown {
  return () => misbehaviourFor(new Request(request, { headers: { 'x-stand-in-fault': query } }))
}

afterEach(forgetPlans)

describe('times', () => {
  test.each(['0', '-1', '1.5', 'NaN', '-Infinity', 'twice', ''])('%j is refused', (times) => {
    expect(refusal(planned(`fault=html&times=${times}`))).toBe(
      'times: expected a positive integer, or Infinity',
    )
    expect(misbehaviourFor(request).fault).toEqual({})
  })

  test.each([
    ['', 1],
    ['&times=1', 1],
    ['&times=3', 3],
  ])('%j is so many requests: %i', (times, count) => {
    plan(new URLSearchParams(`fault=html${times}`))
    for (let call = 0; call < count; call += 1) {
      expect(misbehaviourFor(request).fault).toBe(faults['html'])
    }
    expect(misbehaviourFor(request).fault).toEqual({})
  })

  test('Infinity is all requests, until the plans are forgotten', () => {
    plan(new URLSearchParams('fault=html&times=Infinity'))
    for (let call = 0; call < 100; call += 1) {
      expect(misbehaviourFor(request).fault).toBe(faults['html'])
    }
    forgetPlans()
    expect(misbehaviourFor(request).fault).toEqual({})
  })
})

describe.each([
  ['a plan', planned],
  ["a request's own fault", asked],
])('the options of %s', (_, act) => {
  const status = 'status: expected an integer from 200 to 599, and of an answer with a body'
  const ms = 'ms: expected a finite number of milliseconds, 0 or more'

  test.each([
    ...['101', '103', '199', '204', '205', '304', '600', '999', '-500', '500.5', '5e2', 'x', '']
      .flatMap((value) => [`fault=status&status=${value}`, `fault=html&status=${value}`])
      .map((query) => [query, status]),
    ...['-1', 'Infinity', 'NaN', 'soon', ' ', '']
      .flatMap((value) => [
        `fault=slow-headers&ms=${value}`,
        `fault=slow-body&ms=${value}`,
        `fault=cut-body&ms=${value}`,
      ])
      .map((query) => [query, ms]),
    ['fault=status&should-retry=yes', 'should-retry: expected true or false'],
    ['fault=status&retry-after=1%0A', 'retry-after: expected printable ASCII, as in a header'],
    ['fault=redirect&to=%E4%B8%AD', 'to: expected printable ASCII, as in a header'],
    ['fault=status&status=500&status=99', status],
    ['fault=html&ms=5', 'ms: no option of html, which takes status'],
    ['fault=empty-list&ms=5', 'ms: no option of empty-list, which takes none'],
    ['fault=html&constructor=5', 'constructor: no option of html, which takes status'],
    ['fault=nobody', `fault: expected one of ${Object.keys(faults).join(', ')}`],
    ['', `fault: expected one of ${Object.keys(faults).join(', ')}`],
  ])('%j are refused', (query, message) => {
    expect(refusal(act(query))).toBe(message)
  })

  test.each([
    'fault=status',
    'fault=status&status=200',
    'fault=status&status=599&retry-after=0.5&should-retry=true',
    'fault=status&retry-after=Fri, 20 Nov 2026 12:20:00 GMT&should-retry=false',
    'fault=html&status=418',
    'fault=redirect&to=http://elsewhere.test/v1/models?a=b',
    'fault=slow-headers&ms=0',
    'fault=cut-body&ms=1.5',
    ...Object.keys(faults).map((name) => `fault=${name}`),
  ])('%j are taken', (query) => {
    expect(refusal(act(query))).toBe('nothing')
  })
})

test("a request's own fault is not planned `times`", () => {
  expect(refusal(asked('fault=empty-list&times=2'))).toBe(
    'times: no option of empty-list, which takes none',
  )
})
