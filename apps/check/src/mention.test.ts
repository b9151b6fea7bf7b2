import { describe, expect, test } from 'vitest'
import { mentionsIn } from './mention.ts'

function read(text: string): readonly string[] {
  return mentionsIn(text).mentions.map(({ platform, text: written }) => `${platform} ${written}`)
}

const OPUS = 'claude-opus-4-1-20250805'

describe('whose spelling it is, and all that belongs to it', () => {
  test.each<[string, readonly string[]]>([
    ['anthropic', ['claude-opus-4-8', OPUS, 'claude-3-5-sonnet-20241022', 'claude-3-opus-latest']],
    [
      'anthropic',
      ['claude-2.1', 'claude-instant-1.2', 'claude-2', 'claude-v1.3', 'claude-fable-5-1'],
    ],
    ['anthropic', ['claude-opus-4', 'claude-opus-4-5-20250220', 'claude-haiku-3-5-20241022']],
    [
      'anthropic',
      [`${OPUS}[1m]`, `anthropic/${OPUS}`, `anthropic:${OPUS}`, 'anthropic/claude-2.1'],
    ],
    ['bedrock', [`anthropic.${OPUS}-v1:0`, `us.anthropic.${OPUS}-v1:0`, `anthropic.${OPUS}-v1`]],
    ['bedrock', [`us-gov.anthropic.${OPUS}-v1:0`, `global.anthropic.${OPUS}`, `${OPUS}-v1:0`]],
    ['bedrock', ['anthropic.claude-v2:1', 'anthropic.claude-instant-v1', 'claude-v2:1']],
    ['bedrock', ['anthropic.claude-3-sonnet-20240229-v1:0:28k', `anthropic.${OPUS}-v1%3A0`]],
    ['bedrock', [`bedrock/converse/us.anthropic.${OPUS}-v1:0`, `bedrock/${OPUS}`]],
    ['bedrock', [`arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.${OPUS}-v1:0`]],
    ['bedrock', [`arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.${OPUS}-v1:0`]],
    [
      'vertex',
      ['claude-opus-4-1@20250805', 'claude-3-5-sonnet-v2@20241022', 'claude-opus-4-8@default'],
    ],
    [
      'vertex',
      ['vertex_ai/claude-opus-4-1@20250805', 'claude-3-5-sonnet-v2', 'vertex_ai/claude-opus-4-8'],
    ],
    [
      'vertex',
      ['google-vertex-anthropic/claude-opus-4-8', 'google_anthropic_vertex:claude-opus-4-8'],
    ],
    ['vertex', [`claude-opus-4-1%4020250805`, `publishers/anthropic/models/claude-opus-4-8`]],
    ['openrouter', ['anthropic/claude-opus-4.8', 'anthropic/claude-3.7-sonnet:thinking']],
    ['openrouter', ['anthropic/claude-3-opus', 'anthropic/claude-opus-4', 'claude-opus-4-8:beta']],
    ['openrouter', ['~anthropic/claude-opus-latest', 'openrouter/anthropic/claude-opus-4-8']],
    ['openrouter', ['anthropic/claude-opus-4.8-fast', 'claude-opus-4-8-fast']],
    ['openrouter', [`vercel/anthropic/${OPUS}`, `openrouter.ai/anthropic/claude-opus-4.1`]],
    ['bedrock', ['claude-opus-4-6-v1', 'claude-opus-4-6-v1:0', 'bedrock_converse/claude-opus-4-8']],
    [
      'copilot',
      ['claude-sonnet-4.5', 'claude-3.7-sonnet-thought', 'github_copilot/claude-opus-4-8'],
    ],
    [
      'other',
      ['databricks-claude-opus-4-1', 'anthropic--claude-4-sonnet', 'claude-opus-4-8-thinking'],
    ],
    ['other', ['claude-4.5-sonnet', `perplexity/anthropic/${OPUS}`, 'snowflake/claude-3-5-sonnet']],
  ])('%s: %j', (platform, texts) => {
    for (const text of texts) {
      for (const [open, close] of [
        ['', ''],
        ['"', '"'],
        [' ', '. '],
        ['**', '**'],
        ['模', '型'],
        ['=', ','],
      ]) {
        expect(read(open + text + close), text).toEqual([`${platform} ${text}`])
      }
    }
  })
})

test.each([
  'claude-code claude-agent-sdk claude-desktop claude-code-action@v1 .claude/ claude claude-max-2',
  'claude-3 claude-3.5 claude-5 claude-100k claude-opus claude- CLAUDE-OPUS-4 claude_opus_4',
  // A longer word is not cut to a shorter one, nor half of a pattern or a template taken for a whole.
  `${OPUS}.json ${OPUS}-notes ${OPUS}_old my-${OPUS} my_${OPUS} x${OPUS} a.${OPUS}`,
  'claude-opus-4- claude-opus-4* claude-opus-4${minor} claude-3-5-sonnet-${date} claude-opus-4-8-1m',
  'claude-opus-4@1.2.3 claude-opus-4@20250514x claude-1-2-3-opus-4 claude-3-opus-sonnet-4',
  `${OPUS}-v1:0-x anthropic.${OPUS}-v1:0x anthropic.${OPUS}-v1:${'1'.repeat(99)}`,
  `https://www.anthropic.com/news/claude-opus-4-1 https://claude.com/blog/claude-3-5-sonnet`,
  'claude-opus-4-20250514-20250805 claude-opus-4-latest-latest claude-opus-4-v1-v2',
])('%s: left alone', (texts) => {
  for (const text of texts.split(' ')) expect(read(text), text).toEqual([])
})

test.each([
  [`a\\n${OPUS}\\n`, 4],
  [`"\\u003e${OPUS}\\u003c"`, 8],
  [`?m=%22${OPUS}%22`, 7],
  [`\${MODEL:-${OPUS}}`, 10],
  [`\${MODEL-${OPUS}}`, 9],
  [`-${OPUS}`, 2],
  [`https://x.example/v1/models/${OPUS}`, 29],
  [`.claude/${OPUS}/a`, 9],
  [`C:\\models\\${OPUS}`, 11],
  [`<b>${OPUS}</b>`, 4],
  [`${OPUS}:`, 1],
  [`{${OPUS}:1}`, 2],
  [`${OPUS}[1m]x`, 1],
  [`${OPUS}[${'1'.repeat(99)}m]`, 1],
])('a word begins after what is none of its own: %s', (text, column) => {
  expect(mentionsIn(text).mentions).toMatchObject([{ text: OPUS, line: 1, column }])
})

test.each([
  [`\uFEFF${OPUS}`, 1, 1],
  [`one\r\ntwo\r\n\t${OPUS}\r\n`, 3, 2],
  [`one\n\n😀 ${OPUS}`, 3, 4],
  [`${'x;'.repeat(5000)}"${OPUS}"`, 1, 10_002],
])('places are those of an editor', (text, line, column) => {
  expect(mentionsIn(text).mentions).toMatchObject([{ line, column }])
})

test('the places of several in a text', () => {
  const text = `${OPUS} ${OPUS}\n\n ${OPUS}`
  const places = mentionsIn(text).mentions.map(({ line, column }) => [line, column])
  expect(places).toEqual([
    [1, 1],
    [1, 26],
    [3, 2],
  ])
})

describe('a comment', () => {
  test('ignores its own line and the next, and says so when it ignores nothing', () => {
    const text = [
      `${OPUS} # models-check: ignore (a price table)`,
      OPUS,
      OPUS,
      '// models-check: ignore',
      'nothing',
      '# models-check: ignored is no comment of ours',
      OPUS,
    ].join('\n')
    const { mentions, idleIgnores } = mentionsIn(text)
    expect(mentions.map(({ isIgnored }) => isIgnored)).toEqual([true, true, false, false])
    expect(idleIgnores).toEqual([4])
  })
})

test.each([
  'models-check:ignore',
  'models-check: ignore',
  'models-check: \t ignore',
  '#models-check:ignore!',
])('%s is a comment of ours', (comment) => {
  expect(mentionsIn(`${OPUS} ${comment}`)).toMatchObject({
    mentions: [{ isIgnored: true }],
    idleIgnores: [],
  })
  expect(mentionsIn(`${OPUS}\n\n${comment}`)).toMatchObject({
    mentions: [{ isIgnored: false }],
    idleIgnores: [3],
  })
})

test('a notebook’s cell is named', () => {
  const notebook = {
    metadata: { cells: [OPUS] },
    cells: [
      { source: ['a "[{" \\'] },
      { source: [`m = "${OPUS}"\n`] },
      { outputs: [{ text: [OPUS] }] },
    ],
    other: [OPUS],
  }
  for (const text of [JSON.stringify(notebook), JSON.stringify(notebook, undefined, 1)]) {
    const cells = mentionsIn(text, true).mentions.map((mention) => mention.cell)
    expect(cells).toEqual([undefined, 2, 3, undefined])
  }
  expect(mentionsIn(JSON.stringify(notebook)).mentions[1]).not.toHaveProperty('cell')
})
