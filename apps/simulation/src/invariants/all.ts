import type { World } from '../world.ts'
import { Aliases } from './aliases.ts'
import { AlwaysAnswered } from './answered.ts'
import { Budgets } from './budgets.ts'
import { Contents } from './contents.ts'
import { Deaf } from './deaf.ts'
import { Face } from './face.ts'
import { Followers } from './followers.ts'
import { Fingerprint } from './fingerprint.ts'
import { Fresh } from './fresh.ts'
import { AppendOnly } from './history.ts'
import { Operator } from './operator.ts'
import { checkLimits } from './limits.ts'
import { Onward } from './onward.ts'
import { PastNames } from './past-names.ts'
import { PutsOfDay } from './puts-of-day.ts'
import { Readers } from './readers.ts'
import { Reads } from './reads.ts'
import { Reasons } from './reasons.ts'
import { Recorded } from './recorded.ts'
import { Repeated } from './repeated.ts'
import { SaidLog } from './said-log.ts'
import { Standing } from './standing.ts'
import { Survival } from './survival.ts'
import { Sweeps } from './sweeps.ts'
import { TrueAge } from './true-age.ts'
import { Validators } from './validators.ts'
import { Whole } from './whole.ts'

interface Watch {
  readonly fresh: Fresh
  readonly fingerprint: Fingerprint
  readonly operator: Operator
}

/** Everything that must hold, at every step of a run. */
export function watch(world: World): Watch {
  const contents = new Contents()
  const log = new SaidLog(world)
  const operator = new Operator(world)
  const puts = new PutsOfDay(world)
  const fresh = new Fresh(world, contents, operator, puts)
  const fingerprint = new Fingerprint(world)
  const history = new AppendOnly(world, contents)
  for (const invariant of [
    log,
    operator,
    puts,
    new AlwaysAnswered(world),
    new Aliases(world),
    new Budgets(world, puts),
    new Deaf(world),
    new Face(world),
    fingerprint,
    fresh,
    history,
    new Followers(world, history),
    new Onward(world),
    new PastNames(world),
    new Readers(world, history),
    new Reads(world),
    new Reasons(world),
    new Recorded(world),
    new Repeated(world, puts),
    new Standing(world),
    new Survival(world),
    new Sweeps(world),
    new TrueAge(world, contents, log),
    new Validators(world),
    new Whole(world, contents),
  ]) {
    world.witness.add(invariant)
  }
  world.scheduler.at(world.plan.start, () => checkLimits(world))
  return { fingerprint, fresh, operator }
}
