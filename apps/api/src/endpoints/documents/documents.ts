import { type Answer, textAnswer } from '../../http/answer.ts'
import { type ClientError, notFound } from '../../http/client-error.ts'
import style from '../../../built/style.txt'
import type { Assets } from '../../platform/bindings.ts'
import { documentAnswer } from '../page/document.ts'
import { Html } from '../page/html.ts'
import { pageNav } from '../page/missing-page.ts'
import { originOf } from '../page/snippets.ts'
import type { DocumentFile } from './document-file.ts'

// They lie among the static assets: an isolate that nobody asks for one holds none of them.

/** A document of the repository as a page; without a name, the one that has the way to all others. */
export async function documentPage(
  name: string | undefined,
  assets: Assets | undefined,
  address: string | undefined,
): Promise<Answer> {
  // That one has an address of its own.
  if (name === 'index') throw missing()
  const file = await assetOf(assets, `${name ?? 'index'}.json`)
  const { description, main, style: own, title } = await file.json<DocumentFile>()
  return documentAnswer({
    title,
    description,
    path: name === undefined ? '/docs' : `/docs/${name}`,
    address,
    styles: [style, own],
    nav: pageNav,
    main: new Html(main.replaceAll('{origin}', originOf(address).text)),
    view: undefined,
    policy: 'file',
  })
}

/** All of them in one text, as they were written. */
export async function allDocuments(assets: Assets | undefined): Promise<Answer> {
  const file = await assetOf(assets, 'all.txt')
  return textAnswer(await file.text(), 'text/plain; charset=utf-8', { policy: 'file' })
}

async function assetOf(assets: Assets | undefined, name: string): Promise<Response> {
  // The host is no part of an asset's name.
  const isName = /^[a-z][a-z\d-]{0,31}\.(?:json|txt)$/.test(name)
  const file = isName ? await assets?.fetch(`https://assets.invalid/docs/${name}`) : undefined
  if (file?.ok) return file
  throw missing()
}

function missing(): ClientError {
  return notFound('There is no such document here: /docs leads to all that there are')
}
