/** An element that the page can style. Children are nodes or text, never markup; what is empty is left out. */
export function piece(
  tag: string,
  part = '',
  ...children: (Node | string | number | boolean | null | undefined)[]
): HTMLElement {
  const node = document.createElement(tag)
  node.setAttribute('part', part)
  node.append(...(children.filter((child) => child) as Node[]))
  return node
}
