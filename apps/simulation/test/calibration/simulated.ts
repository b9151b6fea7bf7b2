import { ObjectHost } from '../../src/keeper/object-host.ts'
import type { Outcome } from '../../src/life.ts'
import { Random } from '../../src/random.ts'
import { Scheduler } from '../../src/scheduler.ts'
import { probeOf } from './probe.js'
import type { Somewhere } from './story.ts'

type Probe = Record<string, (text?: string) => Promise<string>>

/** How long the world takes, in the simulation. */
const outcomes: Readonly<Record<string, Outcome<string>>> = {
  together: { ms: 100, value: 'ok' },
  'at once': { ms: 5, value: 'ok' },
  never: 'never',
}

/** Tells the story to the host that the simulation has. */
export async function inSimulation<Told>(tell: (probe: Somewhere) => Promise<Told>): Promise<Told> {
  const scheduler = new Scheduler(0)
  const asked: string[] = []
  const host: ObjectHost<Probe> = new ObjectHost<Probe>({
    scheduler,
    random: new Random('calibration'),
    make: (storage, life) =>
      probeOf(storage, (what: string) =>
        host.outward(life, () => {
          asked.push(what)
          return outcomes[what] ?? 'never'
        }),
      ),
  })
  const story = { isOver: false }
  const passing = (async () => {
    while (!story.isOver) await scheduler.run(scheduler.now + 1000)
  })()
  try {
    return await tell({
      call: (method, text) =>
        host.call(method, text).catch((error: unknown) => {
          const { message } = error as Error
          return message === 'thrown on purpose' ? message : 'lost'
        }),
      async asked(what) {
        while (!asked.includes(what)) await new Promise((resolve) => setImmediate(resolve))
      },
      async kill() {
        host.kill('on purpose')
      },
    })
  } finally {
    story.isOver = true
    await passing
  }
}
