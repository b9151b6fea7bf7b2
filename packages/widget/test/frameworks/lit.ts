import { html, render } from 'lit'

globalThis.mount = (target, _way, first) => {
  function show(saved: string): void {
    const choose = ({ target: select }: { target: HTMLSelectElement }) => show(select.value)
    const option = saved && html`<option value=${saved}>${saved}</option>`
    const form = html`<form>
      <model-picker>
        <select name="model" @change=${choose}>
          <option value="">Choose a model</option>
          ${option}
        </select>
      </model-picker>
    </form>`
    render(form, target)
    // After its options.
    const select = target.querySelector('select')
    if (select) select.value = saved
  }
  show(first)
  return { again: () => {}, set: show }
}
