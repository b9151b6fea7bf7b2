/** Defines an element where elements are, unless the page has defined it already. */
export function defineElement(name: string, element: CustomElementConstructor): void {
  try {
    customElements.define(name, element)
  } catch {
    // A server has no registry, and a script can be pasted twice.
  }
}
