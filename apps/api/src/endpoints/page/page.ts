import { type Answer, textAnswer } from '../../http/answer.ts'
import { RETRY_LATER } from '../../http/client-error.ts'
import { integrityOf } from '../../http/integrity.ts'
import script from '../../../built/script.txt'
import style from '../../../built/style.txt'
import { icon } from './icon.ts'
import { Html, html } from './html.ts'
import { overview } from './overview.ts'
import { publicAddress } from '../public-address.ts'
import { snippets } from './snippets.ts'
import type { PublicHeld } from '../public-view.ts'
import type { WidgetFile } from '../widget/file.ts'

const DESCRIPTION =
  'Every Claude model, and how long it has left: a public copy of Anthropic’s Models API. No key, open to every origin.'

/**
 * The page for people. Of the snapshot alone: its today is the time of the sync, and what the moment
 * adds is the script's. `publicURL` is the service's own address, where the operator names it; a
 * request's host is never believed.
 */
export async function pageAnswer(
  held: PublicHeld,
  widget: WidgetFile,
  publicURL: string | undefined,
): Promise<Answer> {
  const view = held.kind === 'view' ? held.view : undefined
  const { markup, style: ownStyle } = overview(view)
  const address = publicAddress(publicURL)
  const origin = address
    ? html`${address}`
    : html`<span class="origin">https://models.example</span>`
  const styles = [style, ...(ownStyle === undefined ? [] : [ownStyle])]
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="${DESCRIPTION}" />
        <title>models-edge: every Claude model</title>
        <link rel="icon" href="data:image/svg+xml,${icon}" />
        ${styles.map((text) => inline('style', text))}
        <script type="module" async src="/widget.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        <header>
          <strong>models-edge</strong>
          <nav aria-label="Page">
            ${
              ownStyle !== undefined &&
              html`<a href="#models">Models</a> <a href="#lives">Lifelines</a>
                <a href="#changes">Changes</a>`
            }
            <a href="#call">Call it</a> <a href="#embed">Embed it</a>
          </nav>
        </header>
        <main id="main">${markup} ${snippets(origin, widget)}</main>
        <footer>
          <p>
            A copy of Anthropic’s Models API, as the key of whoever runs it sees it, and not
            affiliated with Anthropic. Status: <a href="/health">/health</a>.
          </p>
        </footer>
        <p id="said" role="status" class="unseen"></p>
        ${inline('script', script)}
      </body>
    </html> `
  return textAnswer(page.text, 'text/html; charset=utf-8', {
    status: view ? 200 : 503,
    policy: view ? 'data' : 'never',
    ...(view && { shared: view.headers }),
    headers: {
      ...(!view && RETRY_LATER),
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

/** What a policy allows by its hash. */
async function sources(texts: readonly string[]): Promise<string> {
  const hashes = await Promise.all(texts.map((text) => integrityOf(text, 'SHA-256')))
  return hashes.map((hash) => `'${hash}'`).join(' ')
}

/** To the letter as it is hashed. */
function inline(tag: 'script' | 'style', text: string): Html {
  return new Html(`<${tag}${tag === 'script' ? ' type="module"' : ''}>${text}</${tag}>`)
}
