import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import Form from './Form.vue'
import type { Way } from './mount.ts'

export function render(way: Way, saved: string): Promise<string> {
  return renderToString(createSSRApp(Form, { initial: saved, way }))
}
