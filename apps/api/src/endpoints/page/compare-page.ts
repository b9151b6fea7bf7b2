import { type CapabilityChange, type Comparison, compareModels } from '@models-edge/core'
import type { ComparedCapabilities, ModelInfo } from '@models-edge/core'
import type { Answer } from '../../http/answer.ts'
import modelStyle from '../../../built/model-style.txt'
import style from '../../../built/style.txt'
import { knownName } from '../known-name.ts'
import { modelPath } from '../model-path.ts'
import { nameIn } from '../path-name.ts'
import type { PublicView } from '../public-view.ts'
import { capabilitiesOf, capabilityName } from './capabilities.ts'
import { compact } from './compact.ts'
import { documentAnswer } from './document.ts'
import { type Html, html } from './html.ts'
import { missingPage, pageNav } from './missing-page.ts'
import { type ShownModel, shownModel } from './shown-model.ts'
import { standingOf } from './standing.ts'
import { dayOrNone } from './time.ts'

const MOST = 200

/** Two models side by side, for somebody who moves from one to the other. */
export function comparePage(
  view: PublicView,
  encoded: readonly [string, string],
  address: string | undefined,
): Promise<Answer> {
  const [from, to] = [nameIn(encoded[0], 'from'), nameIn(encoded[1], 'to')]
  const [was, is] = [knownName(view, from), knownName(view, to)]
  if (!was) return missingPage(view, from, address)
  if (!is) return missingPage(view, to, address)
  const today = Date.parse(view.snapshot.synced_at)
  const [before, after] = [shownModel(was, today), shownModel(is, today)]
  const [left, right] = [was, is].map(({ json }) => JSON.parse(json) as ModelInfo) as [
    ModelInfo,
    ModelInfo,
  ]
  const comparison = compareModels(left, right)
  const rows = rowsOf(left, right, comparison)
  return documentAnswer({
    title: `From ${before.name} to ${after.name}`,
    description: `What changes from ${before.name} to ${after.name}: limits, capabilities, dates.`,
    // Pairs are many, and each says what two pages say.
    path: undefined,
    address,
    styles: [style, modelStyle],
    nav: pageNav,
    main: html`<section class="hero">
        <h1>What changes</h1>
        <div>
          <p>
            From <a href="${modelPath(was.id)}"><bdi>${before.name}</bdi></a> to
            <a href="${modelPath(is.id)}"><bdi>${after.name}</bdi></a
            >: ${summary(rows)}
          </p>
          <p>
            The data does not tell of ${comparison.not_told.join('; ')}. The same
            <a href="/v1/compare/${encodeURIComponent(was.id)}/${encodeURIComponent(is.id)}"
              >as JSON</a
            >.
          </p>
        </div>
      </section>
      <section id="compared">
        <h2>Side by side</h2>
        ${table(before, after, rows)}
      </section>`,
    view,
    policy: 'data',
  })
}

interface Row {
  readonly name: string
  readonly change: string
  readonly from: string
  readonly to: string
}

function rowsOf(
  from: ModelInfo,
  to: ModelInfo,
  { capabilities, limits }: Comparison,
): readonly Row[] {
  const ofLimits = [
    { name: 'context window', ...limits.max_input_tokens },
    { name: 'output at most', ...limits.max_tokens },
  ].map((limit): Row => ({ ...limit, from: tokens(limit.from), to: tokens(limit.to) }))
  const [was, is] = [from, to].map(
    (model) =>
      new Map(capabilitiesOf(model.capabilities).map((one) => [one.name, one.isSupported])),
  )
  const ofCapabilities = flat(capabilities, []).map(({ change, name }): Row => {
    return { name, change, from: said(was?.get(name)), to: said(is?.get(name)) }
  })
  // What differs comes first, and each group stays in its order.
  return [...ofLimits, ...ofCapabilities.slice(0, MOST)].toSorted(
    (one, other) => Number(isNews(other.change)) - Number(isNews(one.change)),
  )
}

function tokens(count: number | null): string {
  return count === null ? '–' : compact(count)
}

function flat(
  capabilities: ComparedCapabilities,
  path: readonly string[],
): readonly { readonly name: string; readonly change: CapabilityChange }[] {
  return Object.entries(capabilities).flatMap(([key, { change, parts = {} }]) => {
    const own = [...path, key]
    const itself = change === undefined ? [] : [{ name: capabilityName(own), change }]
    return [...itself, ...flat(parts, own)]
  })
}

function said(isSupported: boolean | undefined): string {
  return isSupported === undefined ? '–' : isSupported ? 'yes' : 'no'
}

function summary(rows: readonly Row[]): Html {
  const named = (wanted: string): string =>
    rows
      .filter(({ change }) => change === wanted)
      .map(({ name }) => name)
      .join(', ')
  const facts = [
    ['higher', named('higher')],
    ['lower', named('lower')],
    ['gained', named('gained')],
    ['lost', named('lost')],
  ].filter(([, what]) => what !== '')
  if (facts.length === 0) return html`nothing that the data tells.`
  return html`${facts.map(([kind = '', what = ''], place) => html`${place > 0 && '; '}<b>${kind}</b>: <bdi>${what}</bdi>`)}.`
}

function table(before: ShownModel, after: ShownModel, rows: readonly Row[]): Html {
  const dates = [
    ['released', dayOrNone(before.releasedAt), dayOrNone(after.releasedAt)],
    ['last day', dayOrNone(before.retiresAt), dayOrNone(after.retiresAt)],
    ['lifecycle', standingOf(before), standingOf(after)],
  ] as const
  return html`<div class="wide" role="region" aria-label="Both models" tabindex="0">
    <table class="compared">
      <thead>
        <tr>
          <td></td>
          <th scope="col"><bdi>${before.name}</bdi></th>
          <th scope="col"><bdi>${after.name}</bdi></th>
        </tr>
      </thead>
      <tbody>
        ${dates.map(
          ([name, from, to]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${from}</td>
              <td>${to}</td>
            </tr>`,
        )}
        ${rows.map(
          ({ change, from, name, to }) =>
            html`<tr class="${change}">
              <th scope="row"><bdi>${name}</bdi></th>
              <td>${from}</td>
              <td>${to}${isNews(change) && html` <span class="badge">${change}</span>`}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function isNews(change: string): boolean {
  return change !== 'unchanged' && change !== 'unknown'
}
