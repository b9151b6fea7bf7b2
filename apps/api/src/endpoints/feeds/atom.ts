import { type Answer, textAnswer } from '../../http/answer.ts'
import type { PublicView } from '../public-view.ts'
import { entriesOf, lastOf } from './entries.ts'
import { ABOUT, FEED_ID, TITLE, withoutAddress } from './feed.ts'
import { xmlText } from './xml.ts'

/** The history as Atom (RFC 4287). Without an address of its own, its links are relative, which Atom allows. */
export function atomAnswer(view: PublicView, address: string | undefined): Promise<Answer> {
  const entries = entriesOf(view)
  const to = (path: string): string => xmlText(`${address ?? ''}${path}`)
  const text = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${address === undefined ? FEED_ID : to('/changes.atom')}</id>
<title>${TITLE}</title>
<subtitle>${xmlText(address === undefined ? `${ABOUT} ${withoutAddress}` : ABOUT)}</subtitle>
<updated>${lastOf(entries)}</updated>
<author><name>models-edge</name></author>
<link rel="self" type="application/atom+xml" href="${to('/changes.atom')}"/>
<link rel="alternate" type="text/html" href="${to('/')}"/>
${entries
  .map(
    ({ at, id, path, title }) => `<entry>
<id>${id}</id>
<title>${xmlText(title)}</title>
<published>${at}</published>
<updated>${at}</updated>
<link rel="alternate" type="text/html" href="${to(path)}"/>
<content type="text">${xmlText(title)}</content>
</entry>
`,
  )
  .join('')}</feed>
`
  const { changedAt, headers: shared } = view
  const type = 'application/atom+xml; charset=utf-8'
  return textAnswer(text, type, { policy: 'data', changedAt, shared })
}
