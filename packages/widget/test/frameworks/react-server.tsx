import { renderToString } from 'react-dom/server'
import type { Way } from './mount.ts'
import { Form } from './react-form.tsx'

export async function render(way: Way, saved: string): Promise<string> {
  return renderToString(<Form initial={saved} way={way} />)
}
