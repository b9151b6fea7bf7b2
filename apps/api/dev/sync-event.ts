import { mendOf } from '../smoke/mends.ts'

/** The line that the service logs for a sync. */
interface SyncEvent {
  readonly event: 'sync'
  readonly outcome: 'written' | 'unchanged' | 'doubted' | 'provisional' | 'skipped' | 'failed'
  readonly models?: number
  readonly changes?: number
  readonly doubted?: number
  readonly published?: string
  readonly reason?: string
  readonly because?: string
  readonly message?: string
}

/** A line of the service's log for people: that of a sync in words, any other as it is. */
export function inWords(line: string): string {
  const event = parsed(line)
  if (event?.event !== 'sync') return printable(line)
  const unpublished = event.published === 'failed' ? ['KV did not take it: it is tried again.'] : []
  return printable([...sentences(event), ...unpublished].join(' '))
}

/** Some of it comes from clients or from upstream, and must not write into the terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, (one) => `\\u{${one.charCodeAt(0).toString(16)}}`)
}

function sentences(event: SyncEvent): readonly string[] {
  const { because, changes = 0, doubted = 0, message, models = 0, outcome, reason = '' } = event
  const synced = `Synced: ${counted(models, 'model')}`
  const news = changes === 0 ? 'nothing new' : counted(changes, 'change')
  switch (outcome) {
    case 'written':
    case 'unchanged':
      return [`${synced}, ${news}.`]
    case 'doubted':
      return [
        `${synced}, ${news}.`,
        `Of ${counted(doubted, 'model')} upstream says something else than before: the next sync decides.`,
      ]
    case 'provisional':
      return [`Synced, but not kept (${reason}): nobody knows yet what KV holds.`]
    case 'skipped':
      return because === undefined
        ? [`Sync skipped (${reason}).`]
        : [`Sync skipped: upstream is left alone for a while, because of ${because}.`]
    case 'failed':
    default:
      return [
        `Sync failed (${reason})${message ? `: ${message}` : ''}.`,
        ...[mendOf(reason) ?? []].flat(),
        ...(models > 0 ? [`The last good copy is served, of ${counted(models, 'model')}.`] : []),
      ]
  }
}

function parsed(line: string): SyncEvent | undefined {
  try {
    return JSON.parse(line) as SyncEvent
  } catch {
    return undefined
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
