/** An object somewhere: simulated, or a real one. */
export interface Somewhere {
  /** What it answers; `lost` where it dies before. */
  readonly call: (method: string, text?: string) => Promise<string>
  /** Until it has asked for that. */
  readonly asked: (what: string) => Promise<void>
  readonly kill: () => Promise<void>
}

/** What can be seen of an object when it interleaves, writes, throws and dies: a line for each step. */
export async function story({ asked, call, kill }: Somewhere): Promise<readonly string[]> {
  const lines: string[] = []
  const tell = async (what: string, answer: Promise<string>): Promise<void> => {
    lines.push(`${what}: ${await answer}`)
  }

  const together = ['a', 'b', 'c', 'd'].map((text) => call('readAskWrite', text))
  for (const answer of together) await tell('four at once', answer)
  await tell('all of them wrote', sorted(call('notes')))
  await tell('from now on', call('forget'))

  await tell('a transaction', call('transaction'))
  await tell('one that throws', call('writeAndThrow', 'thrown'))
  await tell('what it wrote stays', call('notes'))

  await tell('memory', call('calls'))
  await tell('memory', call('calls'))
  const dying = call('writeAskWrite', 'dying')
  await asked('never')
  await kill()
  await tell('killed while it waits', dying)
  await tell('memory is gone', call('calls'))
  await tell('what was written before it asked is there, and nothing after', call('notes'))

  await tell('an answer', call('write', 'answered'))
  await kill()
  await tell('what was answered is there', call('notes'))
  await tell('asked outside', call('writeAsk', 'asked'))
  await kill()
  await tell('it is there', call('notes'))
  return lines
}

/** Which of them comes first is nobody's business. */
async function sorted(notes: Promise<string>): Promise<string> {
  return (await notes).split(',').toSorted().join()
}
