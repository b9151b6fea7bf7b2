import { digest } from '../../http/digest.ts'

/** Where a file of the widget lies for good. Between two releases the version alone would not tell. */
export async function widgetPath(version: string, code: string): Promise<string> {
  return `/widget/${version}-${(await digest(code)).slice(0, 8)}/widget.js`
}
