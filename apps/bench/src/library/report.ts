/** What a walk took: the whole process, from its start. */
export interface Walked {
  readonly models: number
  readonly ms: number
  readonly cpuMs: number
  /** The most memory that the process had. */
  readonly peakBytes: number
}

/** Walks a list to its end and says what that took. */
export async function report(models: AsyncIterable<{ readonly id: string }>): Promise<void> {
  let count = 0
  let length = 0
  for await (const { id } of models) {
    count += 1
    length += id.length
  }
  if (length === 0) throw new Error('There were no ids')
  const { user, system } = process.cpuUsage()
  const walked: Walked = {
    models: count,
    ms: performance.now(),
    cpuMs: (user + system) / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }
  process.stdout.write(JSON.stringify(walked))
}
