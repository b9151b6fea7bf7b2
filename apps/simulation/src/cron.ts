import { Random } from './random.ts'
import type { World } from './world.ts'

const MINUTE = 60_000

/** Knocks each minute, from some place; or not quite, as the weather has it. */
export function startCron(world: World): void {
  const { cronPlace, places, scheduler, weather } = world
  const random = new Random(world.seed, 'cron')
  scheduler.at(Math.ceil(scheduler.now / MINUTE) * MINUTE, tick)

  function tick(): void {
    scheduler.after(MINUTE, tick)
    // Drawn whether they are needed or not, so that no fault moves the ticks of another.
    const [delay, late, missed, again] = [
      random.between(0, 3_000),
      random.next(),
      random.next(),
      random.next(),
    ]
    const place = random.chance(0.05) ? random.pick(places) : places[cronPlace]
    if (weather.now('cron dead')) return
    if (weather.now('cron missed') && missed < 0.5) return
    const wait = delay + (weather.now('cron late') ? late * 50_000 : 0)
    scheduler.after(wait, () => place?.isolate().tick())
    if (!weather.now('cron double')) return
    scheduler.after(wait + again * 20_000, () => random.pick(places).isolate().tick())
  }
}
