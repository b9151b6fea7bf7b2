import { runApart } from './apart.ts'

await runApart(new URL('server.ts', import.meta.url))
