import { execFileSync } from 'node:child_process'
import { mkdtempDisposableSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { useStage } from './stage.ts'

// What the elements do, what custom-elements.json says of them, and what its types for React and the README's tables say.

interface Named {
  readonly name: string
  readonly default?: string
}
type Kind = 'attributes' | 'members' | 'events' | 'cssParts' | 'cssProperties'
type Declared = { readonly tagName: string } & { readonly [kind in Kind]?: readonly Named[] }

const stage = useStage()
const text = (name: string): string => readFileSync(join(import.meta.dirname, '..', name), 'utf8')
const { modules } = JSON.parse(text('custom-elements.json')) as {
  readonly modules: readonly { readonly declarations?: readonly Declared[] }[]
}
const elements = modules.flatMap(({ declarations = [] }) => declarations)

function namesOf(kind: Kind, all: readonly Declared[] = elements): readonly string[] {
  return [...new Set(all.flatMap((each) => each[kind] ?? []).map(({ name }) => name))].toSorted()
}

test('the manifest is what the analyzer makes of the sources: pnpm run manifest', () => {
  using temporary = mkdtempDisposableSync(join(tmpdir(), 'manifest-'))
  const cwd = join(import.meta.dirname, '..')
  const config = ['--config', 'custom-elements-manifest.config.js']
  const options = ['analyze', ...config, '--outdir', relative(cwd, temporary.path)]
  execFileSync(join(cwd, 'node_modules/.bin/cem'), options, { cwd, stdio: 'pipe' })
  const made = readFileSync(join(temporary.path, 'custom-elements.json'), 'utf8')
  expect(JSON.parse(text('custom-elements.json'))).toEqual(JSON.parse(made))
})

/** What an element reads, tells and shows while it is used in every way. */
async function used(tagName: 'model-list' | 'model-picker') {
  const tab = await stage.open('')
  const found = await tab.evaluate(
    async ([name, src]) => {
      const element = document.createElement(name)
      const attributes: string[] = []
      const events: string[] = []
      element.getAttribute = (attribute) => {
        attributes.push(attribute)
        return HTMLElement.prototype.getAttribute.call(element, attribute)
      }
      element.dispatchEvent = (event) => {
        events.push(event.type)
        return HTMLElement.prototype.dispatchEvent.call(element, event)
      }
      const get = (_: object, key: string) =>
        void attributes.push(
          `data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
        )
      Object.defineProperty(element, 'dataset', { value: new Proxy({}, { get }) })
      Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } })
      const select = document.createElement('select')
      select.append(new Option('Saved', 'claude-2', false, true))
      element.append(select)
      document.body.append(element)
      element.setAttribute('src', src)
      element.setAttribute('limit', '2')
      await element.load()
      element.setAttribute('limit', '20')
      element.setAttribute('lifecycle', 'active deprecated retired')
      await element.load()
      const { shadowRoot: root } = element
      const copied = new Promise((done) => element.addEventListener('copy-id', done))
      root?.querySelector('button')?.click()
      if (root) await copied
      const shown = [...(root?.querySelectorAll('*:not(slot)') ?? [])]
      element.setAttribute('limit', '1')
      await element.load()
      const rules = root?.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]) ?? []
      element.setAttribute('src', '//[')
      await element.load()
      return {
        attributes,
        observed: (element.constructor as unknown as { observedAttributes: string[] })
          .observedAttributes,
        members: Object.getOwnPropertyNames(Object.getPrototypeOf(element)),
        events,
        cssParts: shown.map(({ part, localName }) => part[0] ?? localName),
        sheet: rules.map(({ cssText }) => cssText).join(),
      }
    },
    [tagName, stage.site.base('ok')] as const,
  )
  const { attributes, members, sheet } = found
  return {
    ...found,
    // Each line of models can have a text of its own.
    attributes: attributes.filter((name) => !/^data-(haiku|sonnet|opus)$/.test(name)),
    members: members.filter((name) => !/^constructor$|Callback$/.test(name)),
    cssProperties: [...sheet.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name),
  }
}

test.each(['model-list', 'model-picker'] as const)(
  'the manifest has what %s reads, offers, tells and shows, and no more',
  async (tagName) => {
    const own = elements.filter((each) => each.tagName === tagName)
    const found = await used(tagName)
    for (const kind of ['attributes', 'members', 'events', 'cssParts', 'cssProperties'] as const) {
      expect([...new Set(found[kind])].toSorted(), kind).toEqual(namesOf(kind, own))
    }
    // Both observe the same ones, and texts are read when they are shown.
    const observed = namesOf('attributes').filter((name) => !name.startsWith('data-'))
    expect(found.observed.toSorted(), 'observedAttributes of model-element.ts').toEqual(observed)
  },
)

test('src/react.ts has each attribute and event of the manifest, and no other', () => {
  const typed = text('src/react.ts').matchAll(/^ +'?([\w-]+)'?\?:/gm)
  const attributes = namesOf('attributes').filter((name) => !name.startsWith('data-'))
  const events = namesOf('events').map((name) => `on${name}`)
  const names = Array.from(typed, ([, name = '']) => name)
  expect(names.toSorted()).toEqual([...attributes, ...events].toSorted())
})

/** The rows of the README's tables: the names, whose they are where that is said, and the default. */
const rows = Array.from(text('README.md').matchAll(/^\| (`[^@].*) \|$/gm), ([, row = '']) => {
  const [names = '', ...cells] = row.split('|').map((cell) => cell.trim())
  const [of] = cells
  return {
    names: Array.from(names.matchAll(/`([^`]+)`/g), ([, name = '']) => name),
    of: of && /^(list|picker|both)$/.test(of) ? of : undefined,
    preset: cells.at(-1)?.replaceAll('`', ''),
  }
})

test.each(['list', 'picker'])('the README has each attribute of a %s, and no other', (of) => {
  const own = rows.filter((row) => row.of === of || row.of === 'both')
  const declared = elements.filter(({ tagName }) => tagName === `model-${of}`)
  expect(own.flatMap(({ names }) => names).toSorted()).toEqual(namesOf('attributes', declared))
})

test('the README has each event, part, property and default, and no other', () => {
  const others = rows.filter(({ of }) => of === undefined).flatMap(({ names }) => names)
  const kinds = ['events', 'cssParts', 'cssProperties'] as const
  expect([...new Set(others)].toSorted()).toEqual(kinds.flatMap((kind) => namesOf(kind)).toSorted())
  const presets = Object.fromEntries(
    rows.flatMap(({ names, preset }) => names.map((name) => [name, preset])),
  )
  const all = elements.flatMap(({ attributes = [], cssProperties = [] }) => [
    ...attributes,
    ...cssProperties,
  ])
  const declared = all.flatMap(({ default: preset, name }) => (preset ? [[name, preset]] : []))
  expect(presets).toMatchObject(Object.fromEntries(declared))
})
