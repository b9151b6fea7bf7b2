import type { Storage } from '../../src/keeper/disk.ts'

export function probeOf(
  storage: Storage,
  ask: (what: string) => Promise<string>,
): Record<string, (text?: string) => Promise<string>>
