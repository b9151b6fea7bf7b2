// The first thing that a script of the root does. In the syntax of old Nodes, which must understand it.
const { arch, platform, versions } = process
const needed = 24
if (Number(versions.node.split('.')[0]) < needed) {
  process.stderr.write(
    `models-edge needs Node ${needed} or newer, and this is ${versions.node}: install it from https://nodejs.org. (Where npm has one, for Linux with glibc and for Windows, pnpm brings it along, unless optional packages are left out; this is ${platform}-${arch}.)\n`,
  )
  process.exit(1)
}
