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
const WIDTH = 100

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

function drawn(output: string, { colours, ground, text }: Look): string {
  const lines = output.trimEnd().split('\n').flatMap(wrapped)
  const rows = lines.map((line, row) => {
    // eslint-disable-next-line no-control-regex -- the colours of a terminal
    const [, code = '', body = line] = /^\u001B\[(\d+)m(.*?)\u001B\[0m$/.exec(line) ?? []
    const fill = colours[code] ? ` fill="${colours[code]}"` : ''
    const weight = code === '1' ? ' font-weight="bold"' : ''
    return `<text x="16" y="${32 + row * 20}"${fill}${weight} xml:space="preserve">${escaped(body)}</text>`
  })
  const size = `width="${WIDTH * 8.5}" height="${lines.length * 20 + 32}"`
  const font = 'font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14"'
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" aria-label="What the command writes">`,
    `<rect width="100%" height="100%" rx="8" fill="${ground}"/>`,
    `<g ${font} fill="${text}">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** As a terminal breaks its lines; a name and where it stands have a colour each, and here a line each. */
function wrapped(line: string): readonly string[] {
  // eslint-disable-next-line no-control-regex -- the colours of a terminal
  const parts = line.split(/(?<=\u001B\[0m) {2}/)
  return parts.flatMap((part, place) => {
    // eslint-disable-next-line no-control-regex -- the colours of a terminal
    const [, code, body = part] = /^\u001B\[(\d+)m(.*?)\u001B\[0m$/.exec(part) ?? []
    const indent = place > 0 ? '  ' : (/^ */.exec(body)?.[0] ?? '')
    const words = body.trim().split(' ')
    const rows = ['']
    for (const word of words) {
      const last = rows.at(-1) ?? ''
      if (last !== '' && indent.length + last.length + word.length + 1 > WIDTH - 4) rows.push(word)
      else rows[rows.length - 1] = last === '' ? word : `${last} ${word}`
    }
    return rows.map((row) => {
      const text = row === '' ? '' : indent + row
      return code === undefined ? text : `\u001B[${code}m${text}\u001B[0m`
    })
  })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
