// The first thing that a script of the root does. In the syntax of old Nodes, which must understand it.
const { arch, platform, versions } = process
const needed = 24
if (Number(versions.node.split('.')[0]) < needed) {
  process.stderr.write(
    `models-edge needs Node ${needed}, and this is ${versions.node}. npm has none for ${platform}-${arch}: install it from https://nodejs.org\n`,
  )
  process.exit(1)
}
