import { digest } from '../../http/digest.ts'

/** The address of one file of the widget, which never has another. Between two releases the version alone would not tell. */
export async function widgetPath(version: string, code: string): Promise<string> {
  return `/widget/${version}-${(await digest(code)).slice(0, 8)}/widget.js`
}
