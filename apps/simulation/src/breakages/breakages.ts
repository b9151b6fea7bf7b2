import type { Breakage } from './breakage.ts'
import { ofFirstVersion } from './first-version.ts'
import { found } from './found.ts'
import { guards } from './guards.ts'
import { ofPromises } from './promises.ts'

/** All the ways in which the product is broken on purpose. */
export const breakages: Readonly<Record<string, Breakage>> = {
  ...guards,
  ...found,
  ...ofPromises,
  ...ofFirstVersion,
}
