import { createSignal } from 'solid-js'
import html from 'solid-js/html'
import { render } from 'solid-js/web'

globalThis.mount = (target, _way, first) => {
  const [saved, set] = createSignal(first)
  const option = () => saved() && html`<option value=${saved} selected>${saved}</option>`
  const choose = ({ target: select }: { target: HTMLSelectElement }) => set(select.value)
  render(
    () =>
      html`<form>
        <model-picker>
          <select name="model" value=${saved} onchange=${choose}>
            <option value="">Choose a model</option>
            ${option}
          </select>
        </model-picker>
      </form>`,
    target,
  )
  return { again: () => {}, set }
}
