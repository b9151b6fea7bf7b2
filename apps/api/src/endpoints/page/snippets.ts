import { Html, html } from './html.ts'
import type { WidgetFile } from '../widget/file.ts'

/** The service's own address, or a place for it that the page's script fills. */
export function originOf(address: string | undefined): Html {
  return address === undefined
    ? html`<span class="origin">https://models.example</span>`
    : html`${address}`
}

interface Snippet {
  readonly title: string
  /** Where it says `{origin}`, the service's own address goes. */
  readonly code: string
  /** What the code makes, beside it. */
  readonly live?: Html
}

const calls: readonly Snippet[] = [
  { title: 'curl', code: 'curl {origin}/v1/models' },
  {
    title: 'fetch',
    code: `const answer = await fetch('{origin}/v1/models?limit=1000')
const { data } = await answer.json()
console.log(data.map(({ id }) => id))`,
  },
  {
    title: 'TypeScript SDK',
    code: `import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({ baseURL: '{origin}', apiKey: 'none' })
for await (const model of client.models.list()) console.log(model.id)`,
  },
  {
    title: 'Python SDK',
    code: `from anthropic import Anthropic

client = Anthropic(base_url="{origin}", api_key="none")
for model in client.models.list():
    print(model.id)`,
  },
  {
    title: 'core, the library underneath',
    code: `import { listModels } from '@models-edge/core'

const models = listModels(fetch, { limit: 100 }, { baseURL: '{origin}' })
for await (const model of models) console.log(model.id, model.lifecycle)`,
  },
]

const list = `<model-list limit="3">
  <a href="{origin}/">Current models</a>
</model-list>`

const picker = `<model-picker>
  <label for="model">Model</label>
  <select id="model" name="model">
    <option value="">The newest</option>
  </select>
</model-picker>`

const script = '<script type="module" src="{origin}/widget.js"></script>'

/** What to copy, for each way of use. */
export function snippets(origin: Html, { path, integrity }: WidgetFile): Html {
  const embeds: readonly Snippet[] = [
    {
      title: 'A list of models',
      code: `${script}\n${list}`,
      live: new Html(list.replace('{origin}', '')),
    },
    {
      title: 'A choice of models, in your own form',
      code: `${script}\n${picker}`,
      live: new Html(picker),
    },
    {
      title: 'This version of the script, by its hash',
      code: `<script type="module" crossorigin
  src="{origin}${path}"
  integrity="${integrity}"></script>`,
    },
  ]
  return html`<section id="call">
      <h2>Call it</h2>
      <p>From anywhere, also from a browser, without a key; any key you send is ignored.</p>
      <div class="snippets">${calls.map((snippet) => card(snippet, origin))}</div>
    </section>
    <section id="embed">
      <h2>Put it on a page</h2>
      <p>Two small elements. What you write inside them stays when there is no answer.</p>
      <div class="snippets">${embeds.map((snippet) => card(snippet, origin))}</div>
    </section>`
}

/** A title, a button and what to copy. */
export function card({ title, code, live }: Snippet, origin: Html): Html {
  const [first, ...rest] = code.split('{origin}')
  const filled = rest.map((part) => html`${origin}${part}`)
  return html`<article>
    <h3>${title}</h3>
    <button type="button" aria-label="Copy: ${title}" hidden>copy</button>
    <pre tabindex="0" role="region" aria-label="${title}"><code>${first}${filled}</code></pre>
    ${live && html`<div class="live">${live}</div>`}
  </article>`
}
