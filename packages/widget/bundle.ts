import { rolldown } from 'rolldown'

/**
 * A module and all that it imports as one file: without saying which, the one to paste. The same source
 * gives the same bytes, wherever it lies.
 */
export async function bundle(
  cwd: string = import.meta.dirname,
  input = 'src/widget.ts',
): Promise<string> {
  const build = await rolldown({ cwd, input })
  // The same settings as those of size-limit, which uses rolldown too.
  const { output } = await build.generate({ minify: true, comments: false })
  await build.close()
  return output[0].code
}
