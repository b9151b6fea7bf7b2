import { version } from '@models-edge/widget/package.json'
import { type Answer, textAnswer } from '../../http/answer.ts'
import { integrityOf } from '../../http/integrity.ts'
import { widgetPath } from './path.ts'
import code from '../../../built/widget.txt'
import type { Assets } from '../../platform/bindings.ts'

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
  return {
    path: await widgetPath(version, code),
    integrity: await integrityOf(code, 'SHA-384'),
    newest: await textAnswer(code, TYPE, { policy: 'file' }),
    pinned: await textAnswer(code, TYPE, { policy: 'forever' }),
  }
}

/** A version that was released before, where its file is kept. */
export async function releasedWidget(
  name: string,
  assets: Assets | undefined,
): Promise<Answer | undefined> {
  if (!assets || !/^\d[\w.-]{0,63}$/.test(name)) return undefined
  // The host is no part of an asset's name.
  const response = await assets.fetch(`https://assets.invalid/widget/${name}/widget.js`)
  return response.ok ? textAnswer(await response.text(), TYPE, { policy: 'forever' }) : undefined
}
