import { type Answer, textAnswer } from '../../http/answer.ts'
import type { CachePolicy } from '../../http/cache-policy.ts'
import { integrityOf } from '../../http/integrity.ts'
import script from '../../../built/script.txt'
import type { PublicView } from '../public-view.ts'
import { Html, html } from './html.ts'
import { icon } from './icon.ts'

interface Parts {
  readonly title: string
  readonly description: string
  /** Where this page lies for search engines; none for a page that they should not know. */
  readonly path: string | undefined
  /** The service's own address, where the operator names it: a request's host is never believed. */
  readonly address: string | undefined
  readonly styles: readonly string[]
  readonly head?: Html
  readonly nav: Html
  readonly main: Html
  /** What it was made of: a page that says that there is nothing has none. */
  readonly view: PublicView | undefined
  readonly status?: number
  readonly policy: CachePolicy
  readonly headers?: Readonly<Record<string, string>>
}

/** A whole page: the frame that all have in common, and what its policy allows. */
export async function documentAnswer(parts: Parts): Promise<Answer> {
  const { main, nav, policy, status = 200, styles, title, view } = parts
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${forMachines(parts)}
        <link rel="icon" href="data:image/svg+xml,${icon}" />
        ${styles.map((text) => inline('style', text))} ${parts.head}
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header>${nav}</header>
        <main id="main">${main}</main>
        <footer>
          <p>
            A copy of Anthropic’s Models API, as the key of whoever runs it sees it, and not
            affiliated with Anthropic. Status: <a href="/health">/health</a>. How to use it:
            <a href="/docs">documents</a>, for language models <a href="/llms.txt">/llms.txt</a> and
            <a href="/llms-full.txt">/llms-full.txt</a>.
          </p>
        </footer>
        <p id="said" role="status" class="unseen"></p>
        ${inline('script', script)}
      </body>
    </html> `
  return textAnswer(page.text, 'text/html; charset=utf-8', {
    status,
    policy,
    ...(view && { shared: view.headers }),
    headers: {
      ...parts.headers,
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'self' ${await sources([script])}`,
        `style-src ${await sources(styles)}`,
        "connect-src 'self'",
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join('; '),
      'referrer-policy': 'no-referrer',
    },
  })
}

/** What search engines and previews of links read, and where readers of feeds find theirs. */
function forMachines({ address, description, path, title }: Parts): Html {
  const url = address === undefined || path === undefined ? undefined : address + path
  return html`<meta name="description" content="${description}" />
    <meta property="og:type" content="website" />
    <meta property="og:title" content="${title}" />
    <meta property="og:description" content="${description}" />
    ${
      url !== undefined &&
      html`<link rel="canonical" href="${url}" /> <meta property="og:url" content="${url}" />`
    }
    ${path === undefined && html`<meta name="robots" content="noindex" />`}
    <link rel="alternate" type="application/atom+xml" title="Changes" href="/changes.atom" />
    <link rel="alternate" type="application/feed+json" title="Changes" href="/changes.json" />`
}

/** What a policy allows by its hash. */
async function sources(texts: readonly string[]): Promise<string> {
  const hashes = await Promise.all(texts.map((text) => integrityOf(text, 'SHA-256')))
  return hashes.map((hash) => `'${hash}'`).join(' ')
}

/** To the letter as it is hashed. */
function inline(tag: 'script' | 'style', text: string): Html {
  return new Html(`<${tag}${tag === 'script' ? ' type="module"' : ''}>${text}</${tag}>`)
}
