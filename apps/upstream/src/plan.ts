import { refuseUnless } from '@models-edge/core'
import { type Fault, faults } from './faults.ts'

/** A fault that was asked for, with its options: `fault=status&status=529&retry-after=3`. */
interface Misbehaviour {
  readonly fault: Fault
  readonly options: URLSearchParams
}

const none: Misbehaviour = { fault: {}, options: new URLSearchParams() }

const planned: { readonly misbehaviour: Misbehaviour; left: number }[] = []

/** Plans a misbehaviour for the next requests: `times`, once unless told. */
export function plan(options: URLSearchParams): void {
  const times = Number(options.get('times') ?? 1)
  refuseUnless(times > 0, 'times: expected a number above 0, or Infinity')
  planned.push({ misbehaviour: parse(options), left: times })
}

export function forgetPlans(): void {
  planned.length = 0
}

/** How to answer this request: as its own header asks, else as planned, else well. */
export function misbehaviourFor({ headers }: Request): Misbehaviour {
  const asked = headers.get('x-stand-in-fault')
  if (asked !== null) return parse(new URLSearchParams(asked))
  const next = planned[0]
  if (!next) return none
  next.left -= 1
  if (next.left === 0) planned.shift()
  return next.misbehaviour
}

function parse(options: URLSearchParams): Misbehaviour {
  const name = options.get('fault') ?? ''
  const fault = Object.hasOwn(faults, name) ? faults[name] : undefined
  refuseUnless(fault, `fault: expected one of ${Object.keys(faults).join(', ')}`)
  return { fault, options }
}
