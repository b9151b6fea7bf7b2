import { refuseUnless } from '@models-edge/core'
import { type Fault, faults } from './faults.ts'
import type { Rule } from './rule.ts'

/** A fault that was asked for, with its options: `fault=status&status=529&retry-after=3`. */
interface Misbehaviour {
  readonly fault: Fault
  readonly options: URLSearchParams
}

const none: Misbehaviour = { fault: {}, options: new URLSearchParams() }

const planned: { readonly misbehaviour: Misbehaviour; left: number }[] = []

/** Plans a misbehaviour for the next requests: `times`, once unless told. */
export function plan(query: URLSearchParams): void {
  const options = new URLSearchParams(query)
  options.delete('times')
  const left = Number(query.get('times') ?? 1)
  refuseUnless(
    left > 0 && (Number.isInteger(left) || left === Infinity),
    'times: expected a positive integer, or Infinity',
  )
  planned.push({ misbehaviour: parse(options), left })
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
  for (const [option, value] of options) {
    if (option !== 'fault') check(name, fault.options ?? {}, option, value)
  }
  return { fault, options }
}

function check(
  fault: string,
  rules: Readonly<Record<string, Rule>>,
  option: string,
  value: string,
): void {
  const rule = Object.hasOwn(rules, option) ? rules[option] : undefined
  const known = Object.keys(rules).join(', ') || 'none'
  refuseUnless(rule, `${option}: no option of ${fault}, which takes ${known}`)
  refuseUnless(rule.allows(value), `${option}: expected ${rule.expected}`)
}
