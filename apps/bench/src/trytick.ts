import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from './contenders.ts'
import { mainThreadCpu } from './machine/usage.ts'
import { aliased } from './servers/catalogues.ts'
import { contenderModules, shippedModules, wrapped } from './servers/modules.ts'
import { startShipped, startWorld } from './servers/world.ts'
import { quantile } from './statistics.ts'
import { leaveServerCore } from './machine/cores.ts'
leaveServerCore()
const [, , path = '/tick', later = '1', starts = '15', nm = '60', ...apps] = process.argv
const MINUTE = 60000, BASE = Math.floor(Date.now() / 300000) * 300000
const at = (ms: number) => ({ LATER: String(BASE + ms - Date.now()) })
const world = await startWorld(aliased({ models: Number(nm), aliases: Math.round(Number(nm) / 3) }))
const entrants: any[] = [{ name: 'least', modules: await wrapped('invoked', await contenderModules('least')) }, { name: 'ours', modules: await wrapped('invoked', world.shipped) }]
for (const app of apps) entrants.push({ name: app, modules: await wrapped('invoked', await shippedModules(app)) })
const kept = later !== 'first'
for (const e of entrants) { e.disk = await mkdtemp(join(tmpdir(), 'bd-')); e.ms = []; for (let m = -4; m <= 0; m += 1) { const s = await startShipped(world, e.modules, at(m * MINUTE), e.disk); await ask(s.origin, '/tick'); await s.stop() } }
const settled = async (pid: number) => { for (let last = mainThreadCpu(pid); ;) { await sleep(25); const now = mainThreadCpu(pid); if (now === last) return now * 1000; last = now } }
for (let r = -1; r < Number(starts); r += 1) for (const e of r % 2 ? entrants.toReversed() : entrants) {
  const folder = await mkdtemp(join(tmpdir(), 'bd-')); const values = new Map(world.kv.values)
  if (kept) await cp(e.disk, folder, { recursive: true }); else world.kv.values.clear()
  const s = await startShipped(world, e.modules, at(kept ? Number(later) * MINUTE : 0), folder)
  const before = await settled(s.pid); await ask(s.origin, path); const took = (await settled(s.pid)) - before
  await s.stop(); await rm(folder, { recursive: true }); for (const [k, v] of values) world.kv.values.set(k, v)
  if (r >= 0) e.ms.push(took)
}
const best = (x: number[]) => quantile(x.toSorted((a, b) => a - b), 0.25)
for (const e of entrants) console.log(e.name.padEnd(30), best(e.ms).toFixed(2), 'ms  median', quantile(e.ms.toSorted((a: number, b: number) => a - b), 0.5).toFixed(2), ' x least', (best(e.ms) / best(entrants[0].ms)).toFixed(2))
process.exit(0)
