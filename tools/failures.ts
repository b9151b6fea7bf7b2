import { stripVTControlCharacters } from 'node:util'

/** What failed when turbo ran vitest in the packages: a line for each test, with where it failed. */
export function failures(output: string): readonly string[] {
  const lines = stripVTControlCharacters(output).split(/\r?\n/)
  const tasks = lines.findLast((line) => line.startsWith('Failed: '))?.match(/\S+#\w+/g) ?? []
  return tasks.flatMap((task) => {
    const prefix = `${task.replace('#', ':')}: `
    const said = lines.filter((line) => line.startsWith(prefix))
    const [, ...reports] = said
      .map((line) => line.slice(prefix.length))
      .join('\n')
      .split(/^ *FAIL +/m)
    const [name = ''] = task.split('#')
    if (reports.length === 0) return [`${name}: no test did, but the runner; see above`]
    return reports.map((report) => `${name}: ${inOneLine(report)}`)
  })
}

/** Of vitest's report, the names and the first place in the code. */
function inOneLine(report: string): string {
  const [names = ''] = report.split('\n')
  const place = /❯ (?:.+ )?(\S+:\d+):\d+$/m.exec(report)?.[1]
  return place === undefined ? names : `${names} (${place})`
}
