import type { Change } from '@models-edge/core'
import { changeId, nextPosition } from '../snapshot/cursor.ts'
import type { News } from '../snapshot/news.ts'
import { type ChangeRow, insertChanges } from './inserts.ts'
import type { Rows } from './rows.ts'
import type { Storage } from './storage.ts'

/** Of each of two kinds, the newest are kept: changed fields never push out the rest, nor both the models. */
const MOST = 500
const MOST_CHARACTERS = 450_000

interface Catalog {
  readonly id: number
  readonly complete_from: number
}

/** Writes the news, newest first, behind what is there. Gives the position from which no change is missing. */
export function addToHistory(
  { sql }: Storage,
  rows: Rows,
  { id, complete_from }: Catalog,
  news: readonly News[],
  now: number,
  random: () => number,
): number {
  // Most syncs bring none, and need not look at the history.
  if (news.length === 0) return complete_from
  let position = Math.max(complete_from, rows.lastPosition())
  const written = news.toReversed().map((item): ChangeRow => {
    position = nextPosition(position, now, random)
    const change: Change = { type: 'change', id: changeId(position), ...item }
    return [position, item.change, item.model_id, JSON.stringify(change)]
  })
  insertChanges(sql, id, written)
  return Math.max(complete_from, ...dropOldest('='), ...dropOldest('<>'))

  /** Gives the positions that were dropped. */
  function dropOldest(is: '<>' | '='): readonly number[] {
    const sums = `SELECT place, ROW_NUMBER() OVER newest AS number,
      SUM(LENGTH(json)) OVER newest AS size
      FROM changes WHERE catalog = ? AND kind ${is} 'changed'
      WINDOW newest AS (ORDER BY place DESC)`
    const beyond = `SELECT place FROM (${sums})
      WHERE number > ${MOST} OR size > ${MOST_CHARACTERS}`
    const drop = `DELETE FROM changes WHERE catalog = ? AND place IN (${beyond}) RETURNING place`
    return sql
      .exec(drop, id, id)
      .toArray()
      .map(({ place: dropped }) => Number(dropped))
  }
}
