import { mendOf } from '../smoke/mends.ts'

/** The line that the service logs for a sync. */
interface SyncEvent {
  readonly event: 'sync'
  readonly outcome: 'written' | 'unchanged' | 'skipped' | 'failed'
  readonly models?: number
  readonly changes?: number
  readonly reason?: string
  readonly because?: string
  readonly message?: string
}

/** A line of the service's log for people; undefined for one that is not about a sync. */
export function inWords(line: string): string | undefined {
  const event = parsed(line)
  if (event?.event !== 'sync') return undefined
  const { because, changes = 0, message, models = 0, outcome, reason = '' } = event
  switch (outcome) {
    case 'written':
      return `Synced: ${counted(models, 'model')}, ${changes === 0 ? 'nothing new' : counted(changes, 'change')}.`
    case 'unchanged':
      return `Synced: ${counted(models, 'model')}, nothing new.`
    case 'skipped':
      return because === undefined
        ? 'Sync skipped: a newer one was there first.'
        : `Sync skipped: upstream is left alone for a while, because of ${because}.`
    case 'failed':
    default: {
      const kept =
        models > 0 ? ` The last good copy is served, of ${counted(models, 'model')}.` : ''
      return [`Sync failed (${reason})${message ? `: ${message}` : ''}.`, mendOf(reason)]
        .filter((sentence) => sentence !== undefined)
        .join(' ')
        .concat(kept)
    }
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
