import { WrongOption } from '../wrong-option.ts'

/** A number that was typed. */
export function numberOf(name: string, text: string, least: number): number {
  const number = Number(text)
  if (text.trim() !== '' && number >= least && Number.isFinite(number)) return number
  throw new WrongOption(`${name} takes a number from ${least} on, and not ${JSON.stringify(text)}`)
}

export function wholeOf(name: string, text: string, least: number): number {
  const number = numberOf(name, text, least)
  if (Number.isInteger(number)) return number
  throw new WrongOption(`${name} takes a whole number, and not ${text}`)
}
