import { rolldown } from 'rolldown'

/** The one file to paste, as text. The same source gives the same bytes, wherever it lies. */
export async function bundle(cwd: string = import.meta.dirname): Promise<string> {
  const build = await rolldown({ cwd, input: 'src/widget.ts' })
  // The same settings as those of size-limit, which uses rolldown too.
  const { output } = await build.generate({ minify: true, comments: false })
  await build.close()
  return output[0].code
}
