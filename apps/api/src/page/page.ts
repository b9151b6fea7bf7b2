import type { View } from '../catalog/view.ts'
import { type Answer, textAnswer } from '../http/answer.ts'
import { RETRY_LATER } from '../http/errors.ts'
import { integrityOf } from '../http/integrity.ts'
import script from './built/script.txt'
import style from './built/style.txt'
import { icon } from './icon.ts'
import { Html, html } from './html.ts'
import { overview } from './overview.ts'
import { snippets } from './snippets.ts'
import type { WidgetFile } from './widget-file.ts'

const DESCRIPTION =
  'Every Claude model, and how long it has left: a public copy of Anthropic’s Models API. No key, open to every origin.'

/**
 * The page for people. Of the snapshot alone: its today is the time of the sync, and what the moment
 * adds is the script's. `publicURL` is the service's own address, where the operator names it; a
 * request's host is never believed.
 */
export async function pageAnswer(
  view: View | undefined,
  widget: WidgetFile,
  publicURL: string | undefined,
): Promise<Answer> {
  const models = overview(view)
  const origin = publicURL
    ? html`${publicURL.replace(/\/+$/, '')}`
    : html`<span class="origin">https://models.example</span>`
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="${DESCRIPTION}" />
        <title>models-edge: every Claude model</title>
        <link rel="icon" href="data:image/svg+xml,${icon}" />
        ${inline('style', style)} ${inline('style', models.style)}
        <script type="module" src="${widget.path}" integrity="${widget.integrity}"></script>
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header>
          <strong>models-edge</strong>
          <nav aria-label="Page">
            ${
              view &&
              html`<a href="#models">Models</a> <a href="#lives">Lifelines</a>
                <a href="#changes">Changes</a>`
            }
            <a href="#call">Call it</a> <a href="#embed">Embed it</a>
          </nav>
        </header>
        <main id="main">${models.markup} ${snippets(origin, widget)}</main>
        <footer>
          <p>
            A copy of Anthropic’s Models API, as the key of whoever runs it sees it, and not
            affiliated with Anthropic. How it is right now: <a href="/health">/health</a>.
          </p>
        </footer>
        <p id="said" role="status" class="unseen"></p>
        ${inline('script', script)}
      </body>
    </html> `
  const hashes = await Promise.all(
    [script, style, models.style].map((text) => integrityOf(text, 'SHA-256')),
  )
  const [scriptHash, ...styleHashes] = hashes.map((hash) => `'${hash}'`)
  return textAnswer(page.text, 'text/html; charset=utf-8', {
    status: view ? 200 : 503,
    policy: view ? 'data' : 'never',
    ...(view && { changedAt: view.snapshot.synced_at }),
    headers: {
      ...(view?.headers ?? RETRY_LATER),
      'content-security-policy': [
        "default-src 'none'",
        `script-src 'self' ${scriptHash}`,
        `style-src ${styleHashes.join(' ')}`,
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

/** To the letter as it is hashed. */
function inline(tag: 'script' | 'style', text: string): Html {
  return new Html(`<${tag}${tag === 'script' ? ' type="module"' : ''}>${text}</${tag}>`)
}
