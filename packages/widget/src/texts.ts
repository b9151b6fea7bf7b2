/** All that the elements say. `*` is where the value goes. */
export interface Texts {
  readonly copy: string
  readonly copied: string
  readonly more: string
  readonly loading: string
  /** How many models there are. Where one needs other words than many: `one; many`. */
  readonly models: string
  /** The same while there are more to come. */
  readonly soFar: string
  readonly context: string
  readonly output: string
  readonly released: string
  /** In how many days a deprecated model ends. */
  readonly retires: string
  readonly overdue: string
  /** When a model ended, if that is known. */
  readonly retired: string
  readonly deprecated: string
  /** When a deprecated model ends. */
  readonly until: string
  /** The group of the models without a line. */
  readonly other: string
  /** The group of what is no model. */
  readonly unknown: string
}

/** Texts that are more than their names. */
const texts: Partial<Record<string, string>> = {
  models: '* model; * models',
  soFar: '* so far',
  context: '* context',
  output: '* output',
  released: 'released *',
  retires: 'retires *',
  retired: 'retired *',
  until: 'until *',
} satisfies Partial<Texts>

/** Replaces texts for the whole page, in what is shown from then on. */
export function setTexts(replacements: Partial<Texts>): void {
  Object.assign(texts, replacements)
}

/** A text with its value: the element's `data-` attribute, the page's text, or else the name itself. */
export function say({ dataset }: HTMLElement, name: string, value = ''): string {
  const forms = (dataset[name] ?? texts[name] ?? name).split(';')
  return (forms.at(value === '1' ? 0 : -1) as string).replace('*', value).trim()
}
