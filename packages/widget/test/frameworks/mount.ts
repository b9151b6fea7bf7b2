/** How a page writes the options: none, one that chooses nothing, or that and the saved value, as the README says. */
export type Way = 'no options' | 'an empty option' | 'the saved option'

/** A form that a framework has rendered. */
export interface Mounted {
  /** Has another value saved. */
  set(value: string): void
  /** Renders again what has not changed. */
  again(): void
}

/** Renders a form with a picker into an element, or takes over the one that a server has rendered there. */
export type Mount = (target: HTMLElement, way: Way, saved: string, hydrates: boolean) => Mounted

declare global {
  /** What a framework's page does with each of its forms. */
  var mount: Mount
}
