import type { Company, Fields } from './company.ts'

/** Something that happens, in words; undefined where there was nothing that it could happen to. */
type Event = (company: Company, at: number) => string | undefined

/** What can happen, and how often, in parts of all. */
export type Events = Readonly<Record<string, readonly [weight: number, event: Event]>>

export function isSecret({ id }: Fields): boolean {
  return id.includes('secret')
}

export function told(subject: string | undefined, what: string): string | undefined {
  return subject && `${subject} ${what}`
}
