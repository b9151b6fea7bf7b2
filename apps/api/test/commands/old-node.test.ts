import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../../../need-node.cjs', import.meta.url))

async function run(version: string): Promise<string> {
  const code = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require('${script}')`
  const { stderr } = await promisify(execFile)(process.execPath, ['--eval', code]).catch(
    (error: unknown) => error as { stderr: string },
  )
  return stderr
}

test('an old Node is told in a sentence, with the mend', async () => {
  for (const old of ['18.20.8', '20.1.0', '22.12.0', '23.9.0']) {
    expect(await run(old)).toMatch(
      new RegExp(
        `^models-edge needs Node 24 or newer, and this is ${old}: install it from https://nodejs\\.org`,
      ),
    )
  }
  for (const good of ['24.0.0', '26.1.0', '100.0.0']) expect(await run(good)).toBe('')
})
