// The first thing that `prepack` does. In the syntax of old Nodes, which must understand it.
// npm packs package.json as it is; pnpm writes what `publishConfig`, `workspace:` and `catalog:` mean.
// Not `npm_config_user_agent`: an npm that a script of pnpm starts has pnpm's.
const { basename } = require('node:path')

if (!basename(String(process.env.npm_execpath)).startsWith('pnpm')) {
  process.stderr.write(
    'Only pnpm can pack this package: its exports name the sources until pnpm puts what is built in their place. In this folder: npx -y pnpm@10.34.8 run tarball\n',
  )
  process.exit(1)
}
