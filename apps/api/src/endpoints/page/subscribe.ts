import { type Html, html } from './html.ts'
import { card } from './snippets.ts'

/** What tells people of an end before it comes: addresses to copy. */
export function subscribe(origin: Html, address: string | undefined): Html {
  const calendar = address?.replace(/^https?:/, 'webcal:')
  const cards = [
    { title: 'A feed, for a reader', code: '{origin}/changes.atom' },
    { title: 'In Slack', code: '/feed subscribe {origin}/changes.atom' },
    { title: 'A calendar of the retirements', code: '{origin}/retirements.ics' },
    {
      title: 'A badge, in Markdown',
      code: `![claude-sonnet-5-5](https://img.shields.io/endpoint?url={origin}/badge/claude-sonnet-5-5.json)`,
    },
  ]
  return html`<section id="subscribe">
    <h2>Subscribe</h2>
    <p>
      To hear of it before a model retires: <a href="/changes.atom">Atom</a>,
      <a href="/changes.json">JSON Feed</a>,
      <a href="${calendar === undefined ? '' : calendar}/retirements.ics">calendar</a> with alarms
      30 and 7 days before.
    </p>
    <div class="snippets">${cards.map((snippet) => card(snippet, origin))}</div>
  </section>`
}
