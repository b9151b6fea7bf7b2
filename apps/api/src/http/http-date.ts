/** The three forms of a date that a recipient has to know (RFC 9110, 5.6.7). */
const FORMS = [
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{2,5}day, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/,
]

/** The time that a date of HTTP names; NaN for all else, which `Date.parse` would often take for one. */
export function parseHttpDate(text: string): number {
  if (!FORMS.some((form) => form.test(text))) return NaN
  return Date.parse(text.endsWith(' GMT') ? text : `${text} GMT`)
}
