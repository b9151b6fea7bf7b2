/** How wrong the clock of the Keeper is: by seconds mostly, and by years at times; ahead or behind. */
export function skewOf(strength: number): number {
  const side = strength < 0.5 ? -1 : 1
  const part = (strength * 2) % 1
  return side * (part < 0.6 ? part * 60_000 : part < 0.8 ? part * 7_200_000 : part * 94_608_000_000)
}
