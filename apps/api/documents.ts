import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Marked, type RendererObject, type Token } from 'marked'
import type { DocumentFile } from './src/endpoints/documents/document-file.ts'

// The repository's documents as the service serves them: a file for each page, and one text with all.

const root = fileURLToPath(new URL('../../', import.meta.url))

function read(path: string): string {
  return readFileSync(root + path, 'utf8')
}

/** Their names in the order of the menu: first a page for each group of users. `index` is `/docs` itself. */
const chosen: Readonly<Record<string, string>> = {
  index: 'README.md',
  calling: 'docs/calling.md',
  embedding: 'docs/embedding.md',
  developing: 'docs/developing.md',
  deploying: 'docs/deploying.md',
  operating: 'docs/operating.md',
  configuration: 'docs/configuration.md',
  contributing: 'CONTRIBUTING.md',
  security: 'SECURITY.md',
  core: 'packages/core/README.md',
  widget: 'packages/widget/README.md',
  check: 'apps/check/README.md',
}

const others = globSync('docs/*.md', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !Object.values(chosen).includes(path))
  .toSorted()

const pathOf: Readonly<Record<string, string>> = {
  ...chosen,
  ...Object.fromEntries(others.map((path) => [posix.basename(path, '.md'), path])),
}

const names = Object.keys(pathOf)
const odd = names.find((name) => !/^[a-z][a-z\d-]{0,31}$/.test(name))
if (odd !== undefined) {
  throw new Error(`docs/${odd}.md cannot be served: name it in small letters, digits and hyphens`)
}
const { repository } = JSON.parse(read('package.json')) as { readonly repository?: string }

/** What the assets get, by the path of the file. */
export function documents(style: string): Readonly<Record<string, string>> {
  const pages = names.map((name) => [
    `docs/${name}.json`,
    JSON.stringify(pageOf(name, style) satisfies DocumentFile),
  ])
  const all = names.map((name) => `<!-- ${addressOf(name)} -->\n\n${textOf(pathOf[name] ?? '')}`)
  return { ...Object.fromEntries(pages), 'docs/all.txt': all.join('\n\n') }
}

/** A document as it was written, but for pictures and for the blanks that align its tables: together a quarter. */
function textOf(path: string): string {
  return read(path)
    .replace(/^<picture>.*?^<\/picture>\n+|^<img [^\n]*\n+/gms, '')
    .replace(/^\|.*$/gm, (row) => row.replace(/ {2,}/g, ' ').replace(/-{4,}/g, '---'))
}

function addressOf(name: string): string {
  return name === 'index' ? '/docs' : `/docs/${name}`
}

function pageOf(name: string, style: string): DocumentFile {
  const path = pathOf[name] ?? ''
  const marked = new Marked({ renderer: rendererOf(path) })
  const tokens = marked.lexer(read(path))
  // A picture has no place here: nothing but text is served.
  const markup = marked.parser(tokens).replace(/<p>\s*<\/p>\n?/g, '')
  const paragraph = tokens.find(({ type }) => type === 'paragraph')
  const [description = ''] = plain(paragraph).split(/(?<=\.) /)
  return { title: titleOf(path), description, style, main: `${menu(name)}\n${markup}` }
}

function titleOf(path: string): string {
  return plain(new Marked().lexer(read(path)).find(({ type }) => type === 'heading'))
}

/** The words of a token, without marks and links. */
function plain(token: Token | undefined): string {
  const text = token && 'text' in token ? String(token.text) : ''
  return text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '')
}

function menu(current: string): string {
  const items = names.map((name) => {
    const title = name === 'index' ? 'Overview' : titleOf(pathOf[name] ?? '')
    return name === current
      ? `<li aria-current="page">${title}</li>`
      : `<li><a href="${addressOf(name)}">${title}</a></li>`
  })
  return `<nav aria-label="Documents"><ul>${items.join('')}</ul></nav>`
}

function rendererOf(document: string): RendererObject {
  const headings = new Map<string, number>()
  return {
    // Pictures and remarks.
    html: () => '',
    image: () => '',
    heading({ depth, text, tokens }) {
      const inner = this.parser.parseInline(tokens)
      const anchor = anchorOf(text)
      const before = headings.get(anchor) ?? 0
      headings.set(anchor, before + 1)
      const id = before === 0 ? anchor : `${anchor}-${before}`
      return `<h${depth} id="${id}">${inner}</h${depth}>\n`
    },
    code({ text }) {
      // The page that shows it knows the service's own address.
      const code = escaped(text).replace(/https:\/\/models\.example(?!\.?\w)/g, '{origin}')
      return `<article><button type="button" hidden>copy</button><pre tabindex="0"><code>${code}</code></pre></article>\n`
    },
    table(token) {
      const cells = (row: typeof token.header, tag: string): string =>
        row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')
      const hasHead = token.header.some(({ text }) => text !== '')
      const head = hasHead ? `<thead><tr>${cells(token.header, 'th')}</tr></thead>` : ''
      const rows = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n')
      return `<div class="wide" tabindex="0"><table>${head}<tbody>${rows}</tbody></table></div>\n`
    },
    link({ href, tokens }) {
      const inner = this.parser.parseInline(tokens)
      const target = linkFrom(document, href)
      return target === undefined ? inner : `<a href="${escaped(target)}">${inner}</a>`
    },
  }
}

/** Where a link of a document leads on the service; nowhere, where only the repository has it and its address is unknown. */
function linkFrom(document: string, href: string): string | undefined {
  if (/^(?:https?:|#)/.test(href)) return href
  const [path = '', anchor] = href.split('#')
  const file = posix.join(posix.dirname(document), path)
  const name = names.find((each) => pathOf[each] === file)
  const hash = anchor === undefined ? '' : `#${anchor}`
  if (name !== undefined) return addressOf(name) + hash
  return repository && `${repository}/blob/main/${file}${hash}`
}

/** As GitHub makes them. */
function anchorOf(heading: string): string {
  return plain({ type: 'text', raw: heading, text: heading })
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-')
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
