// Its types are those of a module with a default export; what is bundled is that export.
import htmx from 'htmx.org'

globalThis.mount = (target, way, first) => {
  const set = (saved: string) =>
    void (htmx as unknown as typeof htmx.default).ajax(
      'GET',
      `/form?${new URLSearchParams({ saved, way })}`,
      { source: target, target },
    )
  set(first)
  return { again: () => {}, set }
}
