import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { findProgram } from './program.ts'

interface Chrome {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * A browser as its users have it: the one that CHROME_PATH names, else one that is installed, else the one
 * that comes with the npm packages, libraries and all.
 */
export async function findChrome(): Promise<Chrome> {
  const installed = process.env['CHROME_PATH'] || installedBrowser()
  return installed ? { executablePath: installed, env: {} } : packagedBrowser()
}

function installedBrowser(): string | undefined {
  const elsewhere = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    join(process.env['PROGRAMFILES'] ?? '', 'Google/Chrome/Application/chrome.exe'),
  ]
  return (
    findProgram('google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser') ??
    elsewhere.find((path) => existsSync(path))
  )
}

/** Unpacked once for a version. Whoever comes while another one unpacks does it, too, and loses nothing. */
async function packagedBrowser(): Promise<Chrome> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser was found: install Chrome, or name a Chromium in CHROME_PATH')
  }
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest = await readFile(join(entry, '../../package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { readonly version: string }
  const cache = join(import.meta.dirname, '../node_modules/.cache')
  const folder = join(cache, `chromium-${version}`)
  if (!existsSync(folder)) await unpack(entry, cache, folder)
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  }
}

async function unpack(entry: string, cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const partial = await mkdtemp(join(cache, 'chromium-'))
  try {
    // It unpacks to the system's temporary folder, and its libraries only where it believes to be in a
    // cloud; both are said in the environment, which is why it has a process of its own.
    const program = `(await import('${pathToFileURL(entry).href}')).default.executablePath()`
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, TMPDIR: partial, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    })
    const fonts = join(partial, 'fonts/fonts.conf')
    const settings = await readFile(fonts, 'utf8')
    await writeFile(fonts, settings.replaceAll('/tmp/fonts', `${folder}/fonts`))
    await rename(partial, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
}
