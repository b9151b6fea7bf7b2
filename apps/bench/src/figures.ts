import type { Summary } from './statistics.ts'

/** A number with three significant digits, and commas in the thousands. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return value.toLocaleString('en-US', options)
}

/** A whole number, with commas. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** What a ratio may be off, and be published as known. */
const KNOWN = 0.05
/** Beyond that, noise says more than the median. */
const MEANINGLESS = 0.2

/** A median, and how far it may be off; with a sign where that is much, and no figure where it is too much. */
export function measured({ error, median }: Summary): string {
  if (!(error <= MEANINGLESS)) return '?'
  return `${error > KNOWN ? '≈ ' : ''}${figure(median)} ± ${(error * 100).toFixed(0)} %`
}

/** Bytes in the unit that fits. */
export function bytes(value: number): string {
  if (value < 10_000) return `${count(value)} B`
  return value < 1_048_576 ? `${count(value / 1024)} KiB` : `${(value / 1_048_576).toFixed(1)} MiB`
}
