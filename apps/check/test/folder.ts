import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execFileSync } from 'node:child_process'

/** A folder of a test's own, with these files. */
export class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'check-'))

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content)
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true })
    writeFileSync(join(this.path, path), content)
  }

  /** Runs git here, and knows nothing of whoever runs the test. */
  git(...given: readonly string[]): string {
    const who = [
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@b.example',
      '-c',
      'init.defaultBranch=main',
    ]
    const env = { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', HOME: this.path }
    return execFileSync('git', [...who, ...given], { cwd: this.path, encoding: 'utf8', env })
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
