import { createApp, createSSRApp } from 'vue'
import Form from './Form.vue'
import type { Mounted } from './mount.ts'

globalThis.mount = (target, way, saved, hydrates) => {
  let form: Mounted | undefined
  const tell = (mounted: Mounted) => (form = mounted)
  const app = (hydrates ? createSSRApp : createApp)(Form, { initial: saved, tell, way })
  app.mount(target)
  return { again: () => form?.again(), set: (value) => form?.set(value) }
}
