import type { Change, ModelInfo } from '@models-edge/core'
import type { Answer } from '../../http/answer.ts'
import modelStyle from '../../../built/model-style.txt'
import style from '../../../built/style.txt'
import { namesIn } from '../../snapshot/names-in.ts'
import { knownName } from '../known-name.ts'
import { modelPath } from '../model-path.ts'
import { nameIn } from '../path-name.ts'
import type { PublicView } from '../public-view.ts'
import { capabilitiesOf } from './capabilities.ts'
import { changesList } from './changes-list.ts'
import { compact } from './compact.ts'
import { documentAnswer } from './document.ts'
import { type Html, html } from './html.ts'
import { lifelines } from './lifelines.ts'
import { missingPage, pageNav } from './missing-page.ts'
import { modelHero } from './model-hero.ts'
import { type ShownModel, shownModel } from './shown-model.ts'
import { card, originOf } from './snippets.ts'
import { dayOf, dayOrNone, dayText, knownTime } from './time.ts'

const MAX_CHANGES = 30

/** All that there is to know of one model, also of one that is retired, by any name that it has or had. */
export function modelPage(
  view: PublicView,
  encoded: string,
  address: string | undefined,
): Promise<Answer> {
  const name = nameIn(encoded, 'id')
  const known = knownName(view, name)
  if (!known) return missingPage(view, name, address)
  const today = Date.parse(view.snapshot.synced_at)
  const model = shownModel(known, today)
  const words = inWords(model)
  return documentAnswer({
    title: `${model.name}: ${words}`,
    description: `${model.name} (${model.id}): ${words}. Dates, limits, capabilities and history.`,
    path: modelPath(known.id),
    address,
    styles: [style, modelStyle],
    nav: pageNav,
    main: html`${modelHero(view, name, known, model)}
      <section id="life">
        <h2>Life</h2>
        ${lifelines([model], today)} ${facts(model)}
      </section>
      ${capabilities(known.json)} ${names(view, model)} ${copies(model, address)}
      ${history(view, model)}`,
    view,
    policy: 'data',
  })
}

function inWords({ deprecatedAt, retiresAt, status }: ShownModel): string {
  if (status === 'removed') return 'no longer listed'
  const day = retiresAt === undefined ? '' : ` ${dayText(retiresAt)}`
  if (status === 'retired') return `retired${day}`
  if (status === 'overdue') return `overdue since${day}`
  if (status !== 'deprecated') return status
  if (day !== '') return `retires${day}`
  return deprecatedAt === undefined ? 'deprecated' : `deprecated ${dayText(deprecatedAt)}`
}

function facts({ context, deprecatedAt, line, output, releasedAt, retiresAt }: ShownModel): Html {
  return html`<dl class="facts">
    <div>
      <dt>Line</dt>
      <dd><bdi>${line ?? '–'}</bdi></dd>
    </div>
    <div>
      <dt>Context window</dt>
      <dd>${amount(context)}</dd>
    </div>
    <div>
      <dt>Output at most</dt>
      <dd>${amount(output)}</dd>
    </div>
    <div>
      <dt>Released</dt>
      <dd>${dayOrNone(releasedAt)}</dd>
    </div>
    <div>
      <dt>Deprecated</dt>
      <dd>${dayOrNone(deprecatedAt)}</dd>
    </div>
    <div>
      <dt>Last day</dt>
      <dd>${dayOrNone(retiresAt)}</dd>
    </div>
  </dl>`
}

function amount(tokens: number | undefined): string {
  return tokens === undefined ? '–' : `${compact(tokens)} tokens`
}

function capabilities(json: string): Html {
  const all = capabilitiesOf((JSON.parse(json) as Partial<ModelInfo>).capabilities)
  return html`<section id="capabilities">
    <h2>Capabilities</h2>
    ${
      all.length === 0
        ? html`<p>Anthropic does not say.</p>`
        : html`<ul class="able">
            ${all.map(
              ({ isSupported, name }) =>
                html`<li class="${isSupported === undefined ? 'mute' : isSupported ? 'yes' : 'no'}">
                  <bdi>${name}</bdi
                  ><span class="unseen"
                    >: ${isSupported === undefined ? 'not said' : isSupported ? 'yes' : 'no'}</span
                  >
                </li>`,
            )}
          </ul>`
    }
  </section>`
}

function names({ aliases, pastNames }: PublicView, { id }: ShownModel): Html {
  const now = aliases.filter((alias) => alias.id === id)
  const past = pastNames.filter((name) => name.id === id && name.json === undefined)
  return html`<section id="names">
    <h2>Names</h2>
    <ul>
      <li>
        <code><bdi>${id}</bdi></code
        >: its id, which never stands for another model
      </li>
      ${now.map(
        ({ alias }) =>
          html`<li>
            <code><bdi>${alias}</bdi></code
            >: an alias, which can move
          </li>`,
      )}
      ${past.map(({ name, since }) => {
        const at = knownTime(since)
        return html`<li>
          <code><bdi>${name}</bdi></code
          >: stood for it${at !== undefined && html` until ${dayOf(at)}`}
        </li>`
      })}
    </ul>
  </section>`
}

function copies({ id }: ShownModel, address: string | undefined): Html {
  const origin = originOf(address)
  const encoded = encodeURIComponent(id)
  // A badge's address is part of another one.
  const badge = encodeURIComponent(`/badge/${encoded}.json`)
  const cards = [
    { title: 'curl', code: `curl {origin}/v1/models/${encoded}` },
    { title: 'Its end, in a calendar', code: `{origin}/retirements.ics?model=${encoded}` },
    {
      title: 'Its badge, in Markdown',
      code: `[![](https://img.shields.io/endpoint?url={origin}${badge})]({origin}${modelPath(id)})`,
    },
  ]
  return html`<section id="copy">
    <h2>Copy</h2>
    <div class="snippets">${cards.map((snippet) => card(snippet, origin))}</div>
  </section>`
}

function history(view: PublicView, { id, name }: ShownModel): Html {
  const own = view.changes.items
    .map(({ json }) => JSON.parse(json) as Change)
    .filter((change) => namesIn(change).includes(id))
    .slice(0, MAX_CHANGES)
  const nameOf = (other: string): string => (other === id ? name : other)
  return html`<section id="changes">
    <h2>What changed</h2>
    ${changesList(own, nameOf)}
  </section>`
}
