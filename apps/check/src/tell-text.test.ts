import { expect, test } from 'vitest'
import { finding, report } from '../test/finding.ts'
import type { Report } from './report.ts'
import { GATE } from './report.ts'
import { tellText } from './tell-text.ts'

function tell(findings: Report['findings'], more: Partial<Report> = {}, hasColour = false): string {
  return tellText(report(findings, more), { gate: GATE, hasColour, now: 0 })
}

test('some places are told, and how many more there are', () => {
  const all = Array.from({ length: 9 }, (_, place) => finding({ line: place + 1 }))
  const lines = (number: number): readonly string[] => tell(all.slice(0, number)).split('\n')
  expect(lines(5)).toHaveLength(9)
  expect(lines(5)[5]).toBe('    a.ts:5:1')
  expect(lines(6)[6]).toBe('    and in 1 more place')
  expect(lines(9)[6]).toBe('    and in 4 more places')
})

test.each([
  [['claude-2.1'], 'claude-2.1  '],
  [['a'], 'a (claude-2.1)  '],
  [['a', 'b'], 'a, b (claude-2.1)  '],
  [['a', 'b', 'c'], 'a, b, … (claude-2.1)  '],
  [['a', 'claude-2.1'], 'a, claude-2.1  '],
])('the spellings %j are told as %s', (texts, name) => {
  const [line] = tell(texts.map((text) => finding({ text }))).split('\n')
  expect(line).toBe(`${name}retired since 21 Jul 2025`)
})

test('names are aligned, but not to one that is very long', () => {
  const findings = ['a', 'bbb', 'c'.repeat(60)].map((id) => finding({ id, text: id }))
  const columns = tell(findings)
    .split('\n')
    .map((line) => line.indexOf('retired since'))
    .filter((column) => column > 0)
  expect(columns).toEqual([5, 5, 62])
})

test('a cell, a move and what changes with it', () => {
  const dying = finding({ cell: 2, successor: 'b' })
  const move = {
    from: 'claude-2.1',
    to: 'b',
    changes: ['loses x', 'gains y'],
    not_told: ['prices', 'speed'],
  }
  const told = tell([dying], { moves: [move] })
  expect(told).toContain('\n    a.ts:1:1 (cell 2)\n    → b: loses x; gains y\n')
  expect(told).toContain('\nWhat the data does not tell of a move: prices, speed.\n')
  for (const other of [
    { ...move, changes: [] },
    { ...move, from: 'c' },
    { ...move, to: 'c' },
  ]) {
    expect(tell([dying], { moves: [other] })).toContain('\n    → b\n')
  }
})

test.each([
  ['claude-opus-4-8', 'b', true],
  ['claude-opus-5', 'b', true],
  ['claude-opus-14-10', 'b', true],
  ['claude-opus-4-8', null, false],
  ['claude-opus-4-1-20250805', 'b', false],
  ['claude-opus-4-100', 'b', false],
  ['claude-2.1', 'b', false],
  ['claude-3-7-sonnet', 'b', false],
  ['x-claude-opus-4-8', 'b', false],
])('an id that could be Google’s, too, is told of once: %s to %s', (id, successor, isTold) => {
  const findings = [finding({ id, successor }), finding({ id, successor, line: 2 })]
  const note =
    'Google spells ids from 4.6 on likewise: "platforms" in the configuration says where.'
  expect(
    tell(findings)
      .split('\n')
      .filter((line) => line === note),
  ).toHaveLength(isTold ? 1 : 0)
})

test('who decides stands once above the names of a platform', () => {
  const elsewhere = { status: 'other-platform', id: 'x', retires_at: null } as const
  const findings = [
    finding({ ...elsewhere, platform: 'bedrock', text: 'a', page: 'https://page.example' }),
    finding({ ...elsewhere, platform: 'bedrock', text: 'b', id: 'y', retires_at: '2026-01-01' }),
    finding({ ...elsewhere, platform: 'other', text: 'c' }),
  ]
  expect(tell(findings).split('\n').slice(0, -2)).toEqual([
    'Amazon Bedrock decides; see https://page.example',
    '',
    'a',
    '    a.ts:1:1',
    '',
    "b  Anthropic's own day for y is 1 Jan 2026",
    '    a.ts:1:1',
    '',
    'Another platform decides',
    '',
    'c',
    '    a.ts:1:1',
    '',
  ])
})

test('what was not read, and what ignores nothing', () => {
  const told = tell([], {
    skipped: [
      { path: 'a', why: 'a link' },
      { path: 'b', why: 'over 2 MB' },
      { path: 'c', why: 'a link' },
    ],
    idle_ignores: [{ path: 'a\n', line: 3 }, { entry: 'x\r' }],
  })
  expect(told.split('\n').slice(0, 3)).toEqual([
    'Not read: 2 × a link, 1 × over 2 MB.',
    'a\\u{a}:3: this comment ignores nothing.',
    'The configuration ignores x\\u{d}, which is nowhere.',
  ])
})

/** The colours of what is told of one finding, in their order. */
function codesOf(more: Parameters<typeof finding>[0]): readonly string[] {
  // eslint-disable-next-line no-control-regex -- the colours of a terminal
  const codes = tell([finding(more)], {}, true).matchAll(/\u001B\[(\d+)m/g)
  return Array.from(codes, ([, code = '']) => code)
}

test('what is dying is red, what may is yellow, and what somebody else decides is blue', () => {
  const [bold, dim, off] = ['1', '2', '0']
  for (const [more, code] of [
    [{}, '31'],
    [{ status: 'deprecated', days_left: 31 }, '33'],
    [{ status: 'unknown' }, '33'],
    [{ status: 'unchecked' }, '36'],
    [{ status: 'other-platform', platform: 'other' }, '36'],
    [{ status: 'active' }, '32'],
  ] as const) {
    expect(codesOf(more), JSON.stringify(more)).toEqual([bold, off, code, off, dim, off])
  }
})

test('the last line says how old the data is, where somebody was asked', () => {
  const data = { source: 'live', from: 'https://a', synced_at: '1970-01-01T00:00:00Z' } as const
  expect(tell([])).toBe('1 id in 2 files, none is dying.\n')
  expect(tell([], { data })).toBe('1 id in 2 files, none is dying; data 0 minutes old.\n')
})
