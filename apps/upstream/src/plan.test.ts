import { afterEach, expect, test } from 'vitest'
import { faults } from './faults.ts'
import { forgetPlans, misbehaviourFor, plan } from './plan.ts'

const request = new Request('http://upstream.test/v1/models')

function planned(query: string): void {
  plan(new URLSearchParams(query))
}

function asked(query: string): unknown {
  return misbehaviourFor(new Request(request, { headers: { 'x-stand-in-fault': query } })).fault
}

/** The faults of the next requests. */
function next(count: number): string[] {
  const names = new Map(Object.entries(faults).map(([name, fault]) => [fault, name]))
  const found = Array.from({ length: count }, () => misbehaviourFor(request).fault)
  return found.map((fault) => names.get(fault) ?? 'none')
}

afterEach(forgetPlans)

test.each(['0', '-1', '1.5', 'NaN', '-Infinity', 'twice', ''])('%j times are refused', (times) => {
  const message = 'times: expected a positive integer, or Infinity'
  expect(() => planned(`fault=html&times=${times}`)).toThrow(message)
  expect(next(1)).toEqual(['none'])
})

test('plans are for the next requests, in their order', () => {
  for (const query of ['html', 'redirect&times=2', 'status&times=1']) planned(`fault=${query}`)
  expect(next(5)).toEqual(['html', 'redirect', 'redirect', 'status', 'none'])
})

test('a plan can be for all requests, until it is forgotten', () => {
  planned('fault=html&times=Infinity')
  expect(new Set(next(100))).toEqual(new Set(['html']))
  forgetPlans()
  expect(next(1)).toEqual(['none'])
})

test("a request's own fault spares the plans, and has no `times`", () => {
  planned('fault=html')
  expect(asked('fault=empty-list')).toBe(faults['empty-list'])
  expect(() => asked('fault=empty-list&times=2')).toThrow('times: no option of empty-list')
  expect(next(2)).toEqual(['html', 'none'])
})

const names = `fault: expected one of ${Object.keys(faults).join(', ')}`

test.each([
  ['fault=status&status=500&status=99', 'status: expected an integer from 200 to 599, and of '],
  ['fault=html&status=204', 'status: expected an integer from 200 to 599, and of '],
  ['fault=slow-headers&ms=-1', 'ms: expected a finite number of milliseconds, 0 or more'],
  ['fault=status&should-retry=yes', 'should-retry: expected true or false'],
  ['fault=status&retry-after=1%0A', 'retry-after: expected printable ASCII, as in a header'],
  ['fault=redirect&to=%E4%B8%AD', 'to: expected printable ASCII, as in a header'],
  ['fault=empty-list&ms=5', 'ms: no option of empty-list, which takes none'],
  ['fault=html&constructor=5', 'constructor: no option of html, which takes status'],
  ['fault=constructor', names],
  ['', names],
])('%j is refused, planned or asked for', (query, message) => {
  for (const act of [planned, asked]) {
    const error = expect.objectContaining({
      status: 400,
      message: expect.stringContaining(message),
    })
    expect(() => act(query)).toThrow(error)
  }
  expect(next(1)).toEqual(['none'])
})
