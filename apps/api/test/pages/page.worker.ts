import { expect } from 'vitest'
import type { Worker } from '../../src/compose.ts'
import { ask, listing, synced, upstream } from '../world/world.worker.ts'

/** The page of a service; of one that has just synced unless told. */
export async function pageOf(service: Worker | Promise<Worker> = synced()): Promise<string> {
  const response = await ask(await service, '/')
  expect(response.status).toBe(200)
  return response.text()
}

/** The page of a service whose upstream lists these. */
export function pageWith(...models: Parameters<typeof listing>[0]): Promise<string> {
  upstream.send = listing(models)
  return pageOf()
}

export function rowsOf(page: string): string[] {
  return contentsOf(contentsOf(page, 'tbody')[0]!, 'tr')
}

export function textOf(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** What stands between the tags of every element of that name. */
export function contentsOf(page: string, tag: string): string[] {
  return [...page.matchAll(new RegExp(`<${tag}[^>]*>([^]*?)</${tag}\\s*>`, 'g'))].map(
    ([, content]) => content!,
  )
}
