import { rolldown } from 'rolldown'

/**
 * A module and all that it imports, `core` with it, as one file for Node 20 and newer. The same source gives
 * the same bytes, wherever it lies.
 */
export async function bundle(input: string, cwd: string = import.meta.dirname): Promise<string> {
  const build = await rolldown({ cwd, input, platform: 'node', transform: { target: 'node20' } })
  const { output } = await build.generate({ minify: true, comments: false })
  await build.close()
  return output[0].code
}
