import { h, render } from 'preact'

globalThis.mount = (target, _way, first) => {
  function show(saved: string): void {
    const options = [
      h('option', { value: '' }, 'Choose a model'),
      saved && h('option', { value: saved }, saved),
    ]
    const choose = ({ currentTarget }: { currentTarget: HTMLSelectElement }) =>
      show(currentTarget.value)
    const select = h('select', { name: 'model', onChange: choose, value: saved }, options)
    render(h('form', null, h('model-picker', null, select)), target)
  }
  show(first)
  return { again: () => {}, set: show }
}
