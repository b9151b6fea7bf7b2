/** The folders of the packages that have a test file for one of these parts of paths. */
export function chosenPackages(
  parts: readonly string[],
  files: readonly string[],
): readonly string[] {
  for (const part of parts) {
    if (!/^[\w./-]+$/.test(part) || part.startsWith('-')) {
      throw new Error(
        `"${part}" is no part of a path. For options of vitest, run \`pnpm test\` in a package.`,
      )
    }
    if (!files.some((file) => withinPackage(file).includes(part))) {
      throw new Error(`No test file has "${part}" in its path: nothing was run.`)
    }
  }
  const found = files.filter((file) => parts.some((part) => withinPackage(file).includes(part)))
  return [...new Set(found.map(packageOf))]
}

/** Packages lie in `apps` and `packages`; `tools` is one itself. */
function packageOf(file: string): string {
  return /^(?:apps|packages)\/[^/]+|^[^/]+/.exec(file)?.[0] ?? ''
}

function withinPackage(file: string): string {
  return file.slice(packageOf(file).length + 1)
}
