import { brotliCompressSync, constants } from 'node:zlib'
import { rolldown } from 'rolldown'

export interface PackedSize {
  readonly minified: number
  /** As servers send it: brotli, at its best. */
  readonly brotli: number
}

/** What a browser would have to load for a module. */
export async function packedSize(source: string): Promise<PackedSize> {
  const bytes = Buffer.from(await packedModule(source))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  return { minified: bytes.length, brotli: brotliCompressSync(bytes, { params }).length }
}

const entry = `${import.meta.dirname}/entry.js`

/** A module with all that it imports, bundled with the settings that the size checks use. */
async function packedModule(source: string): Promise<string> {
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
  })
  try {
    const { output } = await build.generate({ minify: true, comments: false, codeSplitting: false })
    return output[0].code
  } finally {
    await build.close()
  }
}
