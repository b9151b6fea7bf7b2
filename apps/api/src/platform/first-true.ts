/** Waits until one of them is true, or all are false. */
export async function firstTrue(promises: readonly Promise<boolean>[]): Promise<void> {
  const wanted = promises.map(async (promise) => {
    // Stryker disable next-line StringLiteral: nobody reads it
    if (!(await promise)) throw new Error('not this one')
  })
  await Promise.any(wanted).catch(() => undefined)
}
