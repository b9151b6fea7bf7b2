import { version } from '@models-edge/widget/package.json'
import { digest } from '../digest.ts'
import { type Answer, textAnswer } from '../http/answer.ts'
import { integrityOf } from '../http/integrity.ts'
import code from '../../built/widget.txt'

const TYPE = 'text/javascript; charset=utf-8'

/** The widget's file: at an address that always has the newest, and at one that never has another. */
export interface WidgetFile {
  /** The address of this very file. */
  readonly path: string
  readonly integrity: string
  readonly newest: Answer
  readonly pinned: Answer
}

export async function widgetFile(): Promise<WidgetFile> {
  // Between two releases the version alone would not tell one file from the next.
  const build = (await digest(code)).slice(0, 8)
  return {
    path: `/widget/${version}-${build}/widget.js`,
    integrity: await integrityOf(code, 'SHA-384'),
    newest: await textAnswer(code, TYPE, { policy: 'file' }),
    pinned: await textAnswer(code, TYPE, { policy: 'forever' }),
  }
}
