import { type Answer, textAnswer } from '../http/answer.ts'
import { knownName } from './known-name.ts'
import { shownModel } from './page/shown-model.ts'
import { nameIn } from './path-name.ts'
import type { PublicView } from './public-view.ts'

interface Badge {
  readonly label: string
  readonly message: string
  readonly color: string
}

const CACHE_SECONDS = 3600

/** So many days before its end, a model's badge turns orange, and red. */
const SOON = 30
const VERY_SOON = 7

/** What shields.io draws a badge of. Who asks for a name that nobody knows gets a badge that says so. */
export function badgeAnswer(view: PublicView, encoded: string): Promise<Answer> {
  const badge = {
    schemaVersion: 1,
    ...badgeOf(view, nameIn(encoded, 'id')),
    cacheSeconds: CACHE_SECONDS,
  }
  return textAnswer(JSON.stringify(badge), 'application/json', {
    policy: 'data',
    shared: view.headers,
  })
}

function badgeOf(view: PublicView, name: string): Badge {
  const known = knownName(view, name)
  const label = name.toWellFormed()
  if (!known) return { label, message: 'unknown model', color: 'lightgrey' }
  if (known.since !== undefined)
    return { label, message: 'stands for nothing any more', color: 'red' }
  const today = Date.parse(view.snapshot.synced_at)
  const { daysLeft, name: called, status } = shownModel(known, today)
  return { label: called, ...standing(status, daysLeft) }
}

function standing(
  status: ReturnType<typeof shownModel>['status'],
  daysLeft: number | undefined,
): Omit<Badge, 'label'> {
  switch (status) {
    case 'active':
      return { message: 'active', color: 'brightgreen' }
    case 'deprecated': {
      if (daysLeft === undefined) return { message: 'deprecated', color: 'yellow' }
      const days = `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`
      const color = daysLeft <= VERY_SOON ? 'red' : daysLeft <= SOON ? 'orange' : 'yellow'
      return { message: `retires: ${days}`, color }
    }
    case 'overdue':
      return { message: 'overdue', color: 'red' }
    case 'retired':
      return { message: 'retired', color: 'red' }
    case 'removed':
      return { message: 'no longer listed', color: 'red' }
    case 'unknown':
    default:
      return { message: 'unknown lifecycle', color: 'lightgrey' }
  }
}
