import { type Answer } from '../../http/answer.ts'
import { notFound } from '../../http/client-error.ts'
import type { Files } from '../files.ts'
import { releasedWidget } from './file.ts'
import type { Assets } from '../../platform/bindings.ts'

/** A version of the widget at its own address: this one, or one that was released before. */
export async function pinnedWidget(
  version: string,
  { widget }: Files,
  assets: Assets | undefined,
): Promise<Answer> {
  const { path, pinned } = widget
  if (path === `/widget/${version}/widget.js`) return pinned
  const earlier = await releasedWidget(version, assets)
  if (earlier) return earlier
  throw notFound(`This version of the widget is not here: ${path} is, and /widget.js`)
}
