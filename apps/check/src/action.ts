import { writeFileSync } from 'node:fs'
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
  const code = await command(['--format=github', ...given], world)
  const [format, output] = [input(world, 'format'), input(world, 'output')]
  if (output === '' || code === 2) return code
  let written = ''
  const write = (text: string): void => void (written += text)
  await command([`--format=${format || 'sarif'}`, ...given], { ...world, write })
  writeFileSync(output, written)
  return code
}

/** As the runner passes it: in capitals, with its dashes. */
function input({ env }: World, name: string): string {
  return (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
}
