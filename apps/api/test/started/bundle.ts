import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { wrangler } from '@models-edge/testing/wrangler'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the production bundle. */
    readonly bundle: string
  }
}

const folderOfApi = fileURLToPath(new URL('../..', import.meta.url))

/** Builds what a deployment would upload, once for all test files; it is gone with them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-bundle-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true })
  const command = [wrangler, 'deploy', '--dry-run', '--outdir', folder]
  // The key is not for it: nothing of what it is given may be in the bundle.
  const given = { ANTHROPIC_API_KEY: 'stand-in-key', WRANGLER_SEND_METRICS: 'false' }
  const env = { ...process.env, ...given }
  try {
    await promisify(execFile)(process.execPath, command, { cwd: folderOfApi, env })
  } catch (error) {
    await remove()
    throw error
  }
  project.provide('bundle', folder)
  return remove
}
