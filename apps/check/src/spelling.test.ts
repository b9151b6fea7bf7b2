import { expect, test } from 'vitest'
import { mentionsIn } from './mention.ts'

const OPUS = 'claude-opus-4-1-20250805'

/** Whose the names in a text are, and all that belongs to each. */
function read(text: string): string {
  return mentionsIn(text)
    .mentions.map(({ platform, text: written }) => `${platform} ${written}`)
    .join('; ')
}

test.each([
  // After `anthropic/`, OpenRouter has its own names, and LiteLLM Anthropic's.
  ['anthropic/claude-opus-latest', 'openrouter anthropic/claude-opus-latest'],
  ['anthropic/claude-3-opus-latest', 'anthropic anthropic/claude-3-opus-latest'],
  ['anthropic/claude-opus-4-1', 'anthropic anthropic/claude-opus-4-1'],
  ['anthropic/claude-opus-5', 'anthropic anthropic/claude-opus-5'],
  ['anthropic/claude-opus-4-8-thinking', 'openrouter anthropic/claude-opus-4-8-thinking'],
  ['anthropic/claude-3-haiku', 'openrouter anthropic/claude-3-haiku'],
  ['anthropic/claude-instant-1.2', 'anthropic anthropic/claude-instant-1.2'],
  ['x/anthropic/claude-opus-4.8', 'openrouter anthropic/claude-opus-4.8'],
  ['x-anthropic/claude-opus-4.8', 'copilot claude-opus-4.8'],
  ['anthropic/x/claude-opus-4.8', 'copilot claude-opus-4.8'],
  // What a provider calls itself is a whole part before a slash or a colon.
  [`my-publishers/${OPUS}`, `anthropic ${OPUS}`],
  [`publishers-x/${OPUS}`, `anthropic ${OPUS}`],
  [`not-vercel/${OPUS}`, `anthropic ${OPUS}`],
  [`x~anthropic/${OPUS}`, `anthropic ${OPUS}`],
  [`~anthropic-x/${OPUS}`, `anthropic ${OPUS}`],
  [`my-github/${OPUS}`, `anthropic ${OPUS}`],
  [`https://github.com/x/${OPUS}`, `anthropic ${OPUS}`],
  [`isap/${OPUS}`, `anthropic ${OPUS}`],
  [`sapling/${OPUS}`, `anthropic ${OPUS}`],
  [`SAP/${OPUS}`, `other SAP/${OPUS}`],
  [`x/Azure-Bedrock/y/${OPUS}`, `bedrock Azure-Bedrock/y/${OPUS}`],
  [`vertex_ai=${OPUS}`, `anthropic ${OPUS}`],
  [`arn:vertex/${OPUS}`, `vertex vertex/${OPUS}`],
  [`x:arn:bedrock:${OPUS}`, `bedrock arn:bedrock:${OPUS}`],
  [`/blog/x/${OPUS}`, `anthropic ${OPUS}`],
  ['/research/claude-opus-4', ''],
  // Escapes end before a name, and nothing else does.
  [`\\x41${OPUS}`, `anthropic ${OPUS}`],
  [`\\u0041${OPUS}`, `anthropic ${OPUS}`],
  [`\\x4${OPUS}`, ''],
  [`\\xgg${OPUS}`, ''],
  [`\\nx${OPUS}`, ''],
  [`\\xn${OPUS}`, ''],
  [`n${OPUS}`, ''],
  [`"n${OPUS}`, ''],
  [`22${OPUS}`, ''],
  [`%x22${OPUS}`, ''],
  [`%22x${OPUS}`, ''],
  [`\\banthropic/${OPUS}`, `anthropic ${OPUS}`],
  // Prefixes are whole.
  [`x.y.anthropic.${OPUS}`, ''],
  [`xanthropic.${OPUS}`, ''],
  [`anthropic.x${OPUS}`, ''],
  [`-anthropic.${OPUS}`, `bedrock anthropic.${OPUS}`],
  [`a.databricks-${OPUS}`, `other a.databricks-${OPUS}`],
  [`databricks-x-${OPUS}`, ''],
  [`xdatabricks-${OPUS}`, ''],
  [`xanthropic--${OPUS}`, ''],
  [`anthropic--x-${OPUS}`, ''],
  ['${a.b-claude-opus-4-8}', ''],
  ['${a-b-claude-opus-4-8}', ''],
  ['x/-claude-opus-4-8', 'anthropic claude-opus-4-8'],
  ['vertex_ai/-claude-opus-4-8', 'anthropic claude-opus-4-8'],
  // What follows a name, and is its own.
  [`${OPUS}...`, `anthropic ${OPUS}`],
  [`${OPUS}-v1:12`, `bedrock ${OPUS}-v1:12`],
  [`${OPUS}-v1:0:200k`, `bedrock ${OPUS}-v1:0:200k`],
  ['claude-opus-4-v1-20250514:beta', 'bedrock claude-opus-4-v1-20250514:beta'],
  ['claude-v2:12', 'bedrock claude-v2:12'],
  ['claude-v2', 'anthropic claude-v2'],
  ['claude-3-5-sonnet-v2:0', 'bedrock claude-3-5-sonnet-v2:0'],
  ['claude-3-5-sonnet-v2', 'vertex claude-3-5-sonnet-v2'],
  ['claude-3-5-sonnet-20241022-v2', 'bedrock claude-3-5-sonnet-20241022-v2'],
  ['claude-opus-v1', 'vertex claude-opus-v1'],
  ['claude-opus-4-8[200k]', 'anthropic claude-opus-4-8[200k]'],
  ['claude-opus-4-8@20250805@x', ''],
  ['claude-opus-4-8@latest.x', ''],
  ['claude-opus-4-8@latest. ', 'vertex claude-opus-4-8@latest'],
  ['claude-opus-4-8@latest x', 'vertex claude-opus-4-8@latest'],
  ['claude-opus-4-8:thinking', 'openrouter claude-opus-4-8:thinking'],
  ['claude-opus-4-8:thinkings', 'anthropic claude-opus-4-8'],
  // Whose it is where nothing before it says so.
  ['claude-3.7-sonnet-thought', 'copilot claude-3.7-sonnet-thought'],
  ['claude-opus-4-8-thought', 'copilot claude-opus-4-8-thought'],
  ['claude-opus-4-8-high', 'other claude-opus-4-8-high'],
  ['claude-3.5-sonnet', 'copilot claude-3.5-sonnet'],
  ['claude-4.5-sonnet', 'other claude-4.5-sonnet'],
  ['claude-instant-1.2', 'anthropic claude-instant-1.2'],
  ['claude-instant-3.5', 'copilot claude-instant-3.5'],
  ['claude-sonnet-1.2', 'copilot claude-sonnet-1.2'],
])('%s: %s', (text, expected) => {
  expect(read(text)).toBe(expected)
})
