import { render as renderForm } from 'svelte/server'
import Form from './Form.svelte'
import type { Way } from './mount.ts'

export async function render(way: Way, saved: string): Promise<string> {
  return renderForm(Form, { props: { initial: saved, way } }).body
}
