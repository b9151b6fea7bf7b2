// What a page without a framework does: its script sets the saved value of each form.

globalThis.mount = (target, _way, saved) => {
  const select = target.querySelector('select') as HTMLSelectElement
  const set = (value: string) => {
    select.value = value
  }
  set(saved)
  return { again: () => {}, set }
}
