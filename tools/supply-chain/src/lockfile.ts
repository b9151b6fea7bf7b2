/** What a lockfile may not hold: an address, or a package that is not pinned by the hash of its bytes. */
export function lockfileFaults(lockfile: string): readonly string[] {
  const faults: string[] = []
  let resolutions = 0
  for (const [index, line] of lockfile.split('\n').entries()) {
    const at = `pnpm-lock.yaml:${index + 1}`
    if (/\w:\/\/|\btarball:|\bgit(?:hub)?[:+]/.test(line)) {
      faults.push(`${at} has an address: ${line.trim()}`)
    }
    const resolution = /^ +resolution: (.*)$/.exec(line)?.[1]
    if (resolution === undefined) continue
    resolutions += 1
    if (!/^\{integrity: sha512-[\w+/]{86}==\}$/.test(resolution)) {
      faults.push(`${at} has no hash: ${line.trim()}`)
    }
  }
  return resolutions > 0 ? faults : [...faults, 'pnpm-lock.yaml pins nothing']
}
