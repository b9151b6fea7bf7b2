/** What an option of a fault may be. */
export interface Rule {
  readonly expected: string
  readonly allows: (value: string) => boolean
}

/** Of those from 200 on, the statuses of answers that no runtime lets have a body. */
const bodiless = new Set(['204', '205', '304'])

export const statusRule: Rule = {
  expected: 'an integer from 200 to 599, and of an answer with a body',
  allows: (value) => /^[2-5]\d\d$/.test(value) && !bodiless.has(value),
}

export const timeRule: Rule = {
  expected: 'a finite number of milliseconds, 0 or more',
  allows: (value) => /\d/.test(value) && Number.isFinite(Number(value)) && Number(value) >= 0,
}

export const headerRule: Rule = {
  expected: 'printable ASCII, as in a header',
  allows: (value) => /^[ -~]+$/.test(value),
}

export const choiceRule: Rule = {
  expected: 'true or false',
  allows: (value) => value === 'true' || value === 'false',
}
