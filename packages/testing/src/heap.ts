import { once } from 'node:events'
import type { Workerd } from './workerd.ts'

type Result = Readonly<Record<string, number>>

/**
 * How many bytes a service of a workerd with an inspector uses, once what is garbage has been collected.
 * Meanwhile, `path` is asked for: the inspector only gets its turn beside requests.
 */
export async function heapOf(
  { inspector, origin }: Pick<Workerd, 'inspector' | 'origin'>,
  { path, service }: { readonly path: string; readonly service: string },
): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${inspector}/${service}`)
  const waiting = new Map<number, (result: Result) => void>()
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { id = 0, result = {} } = JSON.parse(data) as { id?: number; result?: Result }
    waiting.get(id)?.(result)
  })
  const command = (id: number, method: string): Promise<Result> =>
    new Promise((resolve) => {
      waiting.set(id, resolve)
      socket.send(JSON.stringify({ id, method }))
    })
  await once(socket, 'open')
  const measured = new AbortController()
  const requests = async (): Promise<void> => {
    while (!measured.signal.aborted) {
      await (await fetch(`${origin}${path}`)).arrayBuffer()
    }
  }
  const asking = requests()
  try {
    await command(1, 'HeapProfiler.collectGarbage')
    const usage = await command(2, 'Runtime.getHeapUsage')
    const { usedSize = NaN, embedderHeapUsedSize = 0, backingStorageSize = 0 } = usage
    return usedSize + embedderHeapUsedSize + backingStorageSize
  } finally {
    measured.abort()
    await asking
    socket.close()
    await once(socket, 'close')
  }
}
