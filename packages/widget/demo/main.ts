import { startDemo } from './site.ts'

// A page with all that the elements do, to look at and to click.

const { origin } = await startDemo()
process.stdout.write(`The elements: ${origin}\nTheir looks: ${origin}/looks\n`)
