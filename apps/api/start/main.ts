import { runApart } from '../dev/apart.ts'

await runApart(new URL('server.ts', import.meta.url))
