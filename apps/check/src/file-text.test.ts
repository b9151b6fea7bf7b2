import { expect, test } from 'vitest'
import { textOf } from './file-text.ts'

const TEXT = 'é claude-2.1'

function swapped(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
}

test.each<[string, Buffer, string | undefined]>([
  ['UTF-8', Buffer.from(TEXT), TEXT],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`), `\uFEFF${TEXT}`],
  ['Latin-1: a column for a byte', Buffer.from(TEXT, 'latin1'), TEXT],
  ['UTF-16', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), `\uFEFF${TEXT}`],
  ['UTF-16, the other way round', swapped(TEXT), `\uFEFF${TEXT}`],
  ['and cut short', Buffer.concat([swapped(TEXT), Buffer.of(0)]), `\uFEFF${TEXT}`],
  ['binary', Buffer.from(`\0${TEXT}`), undefined],
  ['binary, as far as the beginning tells', Buffer.from(`${'x'.repeat(8191)}\0${TEXT}`), undefined],
  [
    'text, as far as the beginning tells',
    Buffer.from(`${'x'.repeat(8192)}\0${TEXT}`),
    expect.any(String),
  ],
  ['nothing that could name a model', Buffer.from('Claude CLAUDE claud'), undefined],
  ['empty', Buffer.of(), undefined],
])('%s', (_, bytes, expected) => {
  expect(textOf(bytes)).toEqual(expected)
})
