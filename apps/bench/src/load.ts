import { connect } from 'node:net'

export interface Load {
  readonly origin: string
  /** Paths that are asked for in turn. */
  readonly paths: readonly string[]
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** What every answer must have. */
  readonly status: number
  readonly connections: number
  /** How long requests are sent; or how many, where that is said. */
  readonly seconds: number
  readonly requests?: number | undefined
}

export interface Loaded {
  readonly requests: number
  readonly seconds: number
}

/**
 * Sends requests over kept-alive connections, each as soon as the answer before is whole, and looks at
 * the status of every answer. It does no more than that, so that the server is the bottleneck.
 */
export async function load(options: Load): Promise<Loaded> {
  const { headers = {}, connections, origin, paths, requests = Infinity, seconds, status } = options
  const { host, hostname, port } = new URL(origin)
  const fields = Object.entries({ host, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const messages = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\n${fields.join('')}\r\n`),
  )
  let sent = 0
  let answered = 0
  const start = performance.now()
  const end = start + seconds * 1000
  await Promise.all(Array.from({ length: Math.min(connections, requests) }, lane))
  return { requests: answered, seconds: (performance.now() - start) / 1000 }

  function lane(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname)
      let left: number | undefined
      let head: Buffer = Buffer.alloc(0)
      const ask = (): void => {
        if (sent >= requests || (sent > 0 && performance.now() >= end)) {
          socket.destroy()
          resolve()
          return
        }
        socket.write(messages[sent % messages.length] as Buffer)
        sent += 1
      }
      socket.setNoDelay(true)
      socket.on('connect', ask)
      socket.on('error', reject)
      socket.on('close', () => reject(new Error(`${origin} closed a connection`)))
      socket.on('data', (chunk: Buffer) => {
        if (left === undefined) {
          head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk
          const length = head.indexOf('\r\n\r\n')
          if (length < 0) return
          const text = head.toString('latin1', 0, length)
          const body = bodyLength(text, status)
          if (body === undefined) {
            socket.destroy(new Error(`Expected ${status} and a length of ${origin}, got ${text}`))
            return
          }
          left = body - (head.length - length - 4)
          head = Buffer.alloc(0)
        } else left -= chunk.length
        if (left > 0) return
        left = undefined
        answered += 1
        ask()
      })
    })
  }
}

/** How long the body is; undefined where the head is not as expected. */
function bodyLength(head: string, status: number): number | undefined {
  if (Number(head.slice(9, 12)) !== status) return undefined
  if (status === 304) return 0
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  return length === undefined ? undefined : Number(length)
}
