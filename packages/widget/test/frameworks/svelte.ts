import { flushSync, hydrate, mount } from 'svelte'
import Form from './Form.svelte'
import type { Mounted } from './mount.ts'

globalThis.mount = (target, way, saved, hydrates) => {
  let form: Mounted | undefined
  const tell = (mounted: Mounted) => (form = mounted)
  ;(hydrates ? hydrate : mount)(Form, { target, props: { initial: saved, tell, way } })
  flushSync()
  return { again: () => form?.again(), set: (value) => form?.set(value) }
}
