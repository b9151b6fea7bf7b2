import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { command, type World } from './command.ts'

/**
 * The GitHub Action: annotations, the table and the counts always, and the same once more in another format
 * for a file where somebody wants one.
 */
export async function runAction(world: World): Promise<0 | 1 | 2> {
  const inputs = ['from', 'fail-on', 'within', 'config', 'changed']
  const options = inputs.flatMap((name) => {
    const value = input(world, name)
    return value === '' ? [] : [`--${name}=${value}`]
  })
  const paths = input(world, 'paths').split(/\s+/).filter(Boolean)
  const given = [...options, '--', ...paths]
  let isTold = false
  const tell = (text: string): void => {
    isTold = true
    world.write(text)
  }
  const code = await command(['--format=github', ...given], { ...world, write: tell })
  const [format, output] = [input(world, 'format'), input(world, 'output')]
  if (output === '' || !isTold) return code
  // Also where not all could be checked: what could is in it.
  const write = (text: string): void => writeFileSync(resolve(world.cwd, output), text)
  const written = await command([`--format=${format || 'sarif'}`, ...given], { ...world, write })
  return written === 2 ? 2 : code
}

/** As the runner passes it: in capitals, with its dashes. */
function input({ env }: World, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}
