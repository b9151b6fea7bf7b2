import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Send } from '@models-edge/core'

/** An answer on disk. No request is kept, so no key is. */
interface Kept {
  readonly url: string
  readonly etag: string | null
  /** RFC 3339. What the service says of its data's age, or when it answered. */
  readonly synced_at: string
  readonly body: string
}

/** In characters. All that is known of twenty models has some thirty thousand. */
const MAX_BODY = 10_000_000

/** Answers that outlive the process: asked about with their ETags, and used where nobody answers. */
export class KeptAnswers {
  readonly #folder: string | undefined
  readonly #now: () => Date
  readonly #fresh = new Map<string, Kept>()
  #oldest: string | undefined

  constructor(folder: string | undefined, now: () => Date) {
    this.#folder = folder
    this.#now = now
  }

  /** How old the oldest of the answers is that were given since this was made. */
  get oldest(): string | null {
    return this.#oldest ?? null
  }

  /** Asks whether the kept answer still holds, and for another one if not. */
  renewing(send: Send): Send {
    return async (request) => {
      const kept = this.#read(request.url)
      const asked = new Request(request)
      if (kept?.etag) asked.headers.set('if-none-match', kept.etag)
      const response = await send(asked)
      const { headers, status } = response
      const synced_at = dateOf(headers.get('x-synced-at')) ?? this.#now().toISOString()
      if (status === 304 && kept) return this.#give({ ...kept, synced_at })
      if (status !== 200) return response
      const body = await bodyOf(response)
      this.#give({ url: request.url, etag: headers.get('etag'), synced_at, body })
      return new Response(body, response)
    }
  }

  /** Gives what is kept. What is not, is not there: so were the names that no model has. */
  readonly send: Send = ({ url }) => {
    const kept = this.#read(url)
    return Promise.resolve(kept ? this.#give(kept) : new Response(null, { status: 404 }))
  }

  /** Keeps what was given, which only somebody who has read it can say is worth it. */
  keep(): void {
    const folder = this.#folder
    if (folder === undefined) return
    try {
      mkdirSync(folder, { recursive: true })
      for (const kept of this.#fresh.values()) {
        const path = pathOf(folder, kept.url)
        const draft = `${path}.${process.pid}`
        // Whole or not at all: others may read it at the same time.
        writeFileSync(draft, JSON.stringify(kept))
        renameSync(draft, path)
      }
    } catch {
      // A folder that cannot be written to costs the next run a question.
    }
  }

  #give(kept: Kept): Response {
    this.#fresh.set(kept.url, kept)
    if (!this.#oldest || kept.synced_at < this.#oldest) this.#oldest = kept.synced_at
    return new Response(kept.body)
  }

  #read(url: string): Kept | undefined {
    if (this.#folder === undefined) return undefined
    try {
      const kept = JSON.parse(
        readFileSync(pathOf(this.#folder, url), 'utf8'),
      ) as Partial<Kept> | null
      return kept?.url === url && dateOf(kept.synced_at) ? (kept as Kept) : undefined
    } catch {
      // Nothing is kept of it, or nothing whole.
      return undefined
    }
  }
}

function pathOf(folder: string, url: string): string {
  return join(folder, `${encodeURIComponent(url).replaceAll('%', '_').slice(0, 180)}.json`)
}

/** A body that does not end is not waited for. */
async function bodyOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of body ?? []) {
    text += decoder.decode(bytes, { stream: true })
    if (text.length > MAX_BODY) throw new Error('its answer does not end')
  }
  return text + decoder.decode()
}

function dateOf(value: string | null | undefined): string | undefined {
  const date = new Date(value ?? NaN)
  return Number.isNaN(Number(date)) ? undefined : date.toISOString()
}
