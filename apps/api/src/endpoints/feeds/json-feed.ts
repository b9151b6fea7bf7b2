import { type Answer, textAnswer } from '../../http/answer.ts'
import type { PublicView } from '../public-view.ts'
import { entriesOf } from './entries.ts'
import { ABOUT, TITLE, withoutAddress } from './feed.ts'

/** The history as JSON Feed 1.1. Its addresses are absolute, or they are not there. */
export function jsonFeedAnswer(view: PublicView, address: string | undefined): Promise<Answer> {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: TITLE,
    description: address === undefined ? `${ABOUT} ${withoutAddress}` : ABOUT,
    language: 'en',
    authors: [{ name: 'models-edge' }],
    ...(address !== undefined && {
      home_page_url: `${address}/`,
      feed_url: `${address}/changes.json`,
    }),
    items: entriesOf(view).map(({ at, id, path, title }) => ({
      id,
      ...(address !== undefined && { url: address + path }),
      title: title.toWellFormed(),
      content_text: title.toWellFormed(),
      date_published: at,
      date_modified: at,
    })),
  }
  const { changedAt, headers: shared } = view
  const described = { policy: 'data', changedAt, shared } as const
  return textAnswer(JSON.stringify(feed), 'application/feed+json', described)
}
