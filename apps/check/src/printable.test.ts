import { expect, test } from 'vitest'
import { printable, printableJson } from './printable.ts'

const UNSEEN = '\u0000\u0007\t\n\r\u001B\u007F\u009B\u00AD\u200B\u202E\u2028\u2029\uE000\uFEFF'

test('what nobody sees is written out, and all else is as it was', () => {
  expect(printable(UNSEEN)).toBe(
    String.raw`\u{0}\u{7}\u{9}\u{a}\u{d}\u{1b}\u{7f}\u{9b}\u{ad}\u{200b}\u{202e}\u{2028}\u{2029}\u{e000}\u{feff}`,
  )
  expect(printable('\uD800 \u{E0041}')).toBe(String.raw`\u{d800} \u{e0041}`)
  expect(printable('a é 模 😀 "<b>"')).toBe('a é 模 😀 "<b>"')
})

test('JSON says it in its own way, and keeps its lines', () => {
  for (const text of [UNSEEN, '\u{E0041}\uD800', 'a é 模 😀']) {
    const json = printableJson({ text }, 2)
    expect(JSON.parse(json)).toEqual({ text })
    expect(printable(json.replaceAll('\n', ''))).toBe(json.replaceAll('\n', ''))
    expect(json.split('\n')).toHaveLength(3)
  }
  expect(printableJson('\u009B')).toBe(String.raw`"\u009b"`)
})
