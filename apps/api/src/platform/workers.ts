import type { Platform } from './platform.ts'

/** Workers' own clock, timers, chance, network and log. */
export const workers: Platform = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (ms, signal) => scheduler.wait(ms, signal ? { signal } : {}),
  fetch: (request) => fetch(request),
  // oxlint-disable-next-line no-console -- the one place that logs
  log: (line) => console.log(JSON.stringify(line)),
}
