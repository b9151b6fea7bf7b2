import type { Mounted, Way } from './mount.ts'

// On each page of the matrix, before everything else: the steps that a test can take there.

export type Step = 'nothing' | 'change' | 'moved' | 'attributes' | 'again' | 'reset'

declare global {
  /** What the API answers. */
  var served: unknown
  var matrix: {
    /** Loads the widget. */
    widget(address: string): Promise<void>
    /** Has the page's script render its forms, or take over what a server has rendered. */
    page(hydrates: boolean): void
    /** Adds a script to the page, and waits until it has run. */
    script(address: string): Promise<void>
    /** Lets the models arrive. */
    models(): void
    /** Does something with each form, and tells what each would send then. */
    after(step: Step): Promise<readonly (string | null)[]>
  }
}

const mounted: (readonly [form: Mounted, last: string])[] = []
let arrive = () => {}
let areThere = false
const arrived = new Promise<void>((resolve) => (arrive = resolve))
// Of all that a page asks for, the widget alone names it by a URL.
const ask = globalThis.fetch
globalThis.fetch = async (input, options) => {
  if (!(input instanceof URL)) return ask(input, options)
  await arrived
  return new Response(JSON.stringify(served))
}

const steps: Readonly<Record<Step, () => void | Promise<void>>> = {
  nothing: () => {},
  change: () => eachForm((form, last) => form.set(last)),
  again: () => eachForm((form) => form.again()),
  moved: () => asksAgain((picker) => document.body.append(picker.closest('div') as Element)),
  attributes: async () => {
    await asksAgain((picker) => picker.setAttribute('line', 'haiku'))
    await asksAgain((picker) => picker.removeAttribute('line'))
  },
  reset: () => {
    for (const form of document.forms) form.reset()
  },
}

function eachForm(act: (form: Mounted, last: string) => void): void {
  for (const each of mounted) act(...each)
}

async function asksAgain(change: (picker: Element) => void): Promise<void> {
  for (const picker of document.querySelectorAll('model-picker')) {
    picker.removeAttribute('aria-busy')
    change(picker)
  }
  await settled()
}

async function settled(): Promise<void> {
  while (document.querySelector('model-picker:not([aria-busy=false])')) await frame()
}

function frame(): Promise<unknown> {
  return new Promise(requestAnimationFrame)
}

globalThis.matrix = {
  async widget(address) {
    await import(address)
  },
  page(hydrates) {
    for (const target of document.querySelectorAll<HTMLElement>('[data-way]')) {
      const { last = '', saved = '', way } = target.dataset
      mounted.push([mount(target, way as Way, saved, hydrates), last])
    }
  },
  async script(address) {
    const script = document.createElement('script')
    script.src = address
    const hasRun = new Promise((resolve) => script.addEventListener('load', resolve))
    document.body.append(script)
    await hasRun
  },
  models() {
    areThere = true
    arrive()
  },
  async after(step) {
    await steps[step]()
    for (let count = 0; count < 3; count += 1) await frame()
    if (areThere) await settled()
    return Array.from(document.forms, (form) => new FormData(form).get('model') as string | null)
  },
}
