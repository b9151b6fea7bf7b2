import type { Answer } from '../../http/answer.ts'
import { RETRY_LATER } from '../../http/client-error.ts'
import style from '../../../built/style.txt'
import { documentAnswer } from './document.ts'
import { html } from './html.ts'
import { overview } from './overview.ts'
import { originOf, snippets } from './snippets.ts'
import { subscribe } from './subscribe.ts'
import type { PublicHeld } from '../public-view.ts'
import type { WidgetFile } from '../widget/file.ts'

const DESCRIPTION =
  'Every Claude model, and how long it has left: a public copy of Anthropic’s Models API. No key, open to every origin.'

/**
 * The page for people. Of the snapshot alone: its today is the time of the sync, and what the moment
 * adds is the script's.
 */
export function pageAnswer(
  held: PublicHeld,
  widget: WidgetFile,
  address: string | undefined,
): Promise<Answer> {
  const view = held.kind === 'view' ? held.view : undefined
  const { markup, style: ownStyle } = overview(view)
  const origin = originOf(address)
  return documentAnswer({
    title: 'models-edge: every Claude model',
    description: DESCRIPTION,
    path: '/',
    address,
    styles: [style, ...(ownStyle === undefined ? [] : [ownStyle])],
    head: html`<script type="module" async src="/widget.js"></script>`,
    nav: html`<strong>models-edge</strong>
      <nav aria-label="Page">
        ${
          ownStyle !== undefined &&
          html`<a href="#models">Models</a> <a href="#lives">Lifelines</a>
            <a href="#changes">Changes</a>`
        }
        <a href="#subscribe">Subscribe</a> <a href="#call">Call it</a> <a href="#embed">Embed it</a>
      </nav>`,
    main: html`${markup} ${subscribe(origin, address)} ${snippets(origin, widget)}`,
    view,
    status: view ? 200 : 503,
    policy: view ? 'data' : 'never',
    ...(!view && { headers: RETRY_LATER }),
  })
}
