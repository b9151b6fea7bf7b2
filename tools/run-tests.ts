import { spawn } from 'node:child_process'
import { failures } from './failures.ts'

// `turbo run test`, and at its end, where the eye is, what failed and where.

const child = spawn('turbo run test --continue', {
  shell: true, // it finds turbo on Windows, too
  stdio: ['inherit', 'pipe', 'inherit'],
})
let output = ''
child.stdout.setEncoding('utf8').on('data', (text: string) => {
  output += text
  process.stdout.write(text)
})
child.on('close', (code) => {
  for (const failure of failures(output)) process.stdout.write(`Failed in ${failure}\n`)
  process.exitCode = code ?? 1
})
