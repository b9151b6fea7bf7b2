import { test, expect } from 'vitest'
import { Folder } from './folder.ts'
import { run } from './world.ts'

// The README's pictures: what the command really writes, drawn. `pnpm test picture -u` draws them anew.

const FILES = {
  '.github/workflows/review.yml': 'env:\n  MODEL: claude-opus-4-1-20250805\n',
  'infra/main.tf': 'model = "us.anthropic.claude-opus-4-1-20250805-v1:0"\n',
  'src/ask.ts': "const model = 'claude-opus-4-1-20250805'\nconst cheap = 'claude-sonnet-4-5'\n",
  'src/models.py': 'DEFAULT = "claude-opus-4-5-20250220"\n',
}

interface Look {
  readonly ground: string
  readonly text: string
  readonly colours: Readonly<Record<string, string>>
}

const LOOKS: Readonly<Record<'light' | 'dark', Look>> = {
  light: {
    ground: '#ffffff',
    text: '#1f2328',
    colours: { 2: '#59636e', 31: '#cf222e', 33: '#8a5700', 36: '#0b6e7f' },
  },
  dark: {
    ground: '#0d1117',
    text: '#f0f6fc',
    colours: { 2: '#9198a1', 31: '#ff7b72', 33: '#e3b341', 36: '#56d4dd' },
  },
}
const COLUMNS = 122
/** Of a character, and around all: what fonts of this size have. */
const [ADVANCE, MARGIN] = [8.43, 16]

test.each(['light', 'dark'] as const)('in %s', async (look) => {
  using folder = new Folder(FILES)
  const env = {
    HOME: `${folder.path}/.git`,
    MODELS_EDGE_URL: 'https://models.example',
    FORCE_COLOR: '1',
  }
  const { out } = await run(folder.path, [], { env })
  const picture = drawn(`$ npx @models-edge/check\n${out}`, LOOKS[look])
  await expect(picture).toMatchFileSnapshot(`../images/${look}.svg`)
})

function drawn(output: string, look: Look): string {
  const lines = output.trimEnd().split('\n')
  const [width, height] = [Math.ceil(COLUMNS * ADVANCE + 2 * MARGIN), lines.length * 20 + 32]
  const font = 'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14"'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="What the command writes">`,
    `<rect width="100%" height="100%" rx="8" fill="${look.ground}"/>`,
    `<g ${font} fill="${look.text}" xml:space="preserve">`,
    ...lines.map((line, row) => `<text y="${32 + row * 20}">${rowOf(line, look)}</text>`),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** A line as a terminal shows it: each column has its place, whatever the font, and a part its colour. */
function rowOf(line: string, { colours }: Look): string {
  let column = 0
  // eslint-disable-next-line no-control-regex -- the colours of a terminal
  const parts = line.matchAll(/\u001B\[(\d+)m(.*?)\u001B\[0m|[^\u001B]+/g)
  const drawnParts = Array.from(parts, ([plain, code = '', body = plain]) => {
    const x = MARGIN + column * ADVANCE
    column += body.length
    const look = colours[code] ? ` fill="${colours[code]}"` : ''
    const weight = code === '1' ? ' font-weight="bold"' : ''
    return `<tspan x="${x.toFixed(1)}"${look}${weight}>${escaped(body)}</tspan>`
  })
  expect(column, line).toBeLessThanOrEqual(COLUMNS)
  return drawnParts.join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
