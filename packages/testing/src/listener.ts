import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A server of a test's own, on a port that the system chose. */
export interface Listener {
  readonly origin: string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

type Respond = (request: IncomingMessage, response: ServerResponse) => unknown

export async function listen(respond: Respond): Promise<Listener> {
  // What takes this for its proxy names the host in the target alone.
  const server = createServer(
    { requireHostHeader: false },
    (request, response) => void respond(request, response),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a port')
  const close = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
  return { origin: `http://127.0.0.1:${address.port}`, close, [Symbol.asyncDispose]: close }
}
