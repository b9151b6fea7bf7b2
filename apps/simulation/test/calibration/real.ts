import { once } from 'node:events'
import { copyFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serveWorkerd } from '@models-edge/testing/workerd'
import type { Somewhere } from './story.ts'

/** Tells the story to a Durable Object in workerd, its storage on disk. */
export async function inWorkerd<Told>(tell: (probe: Somewhere) => Promise<Told>): Promise<Told> {
  const asked: string[] = []
  const waiting: ServerResponse[] = []
  const events = new EventTarget()
  // workerd names the host in the address alone.
  const outside = createServer({ requireHostHeader: false }, (request, response) => {
    const what = decodeURIComponent(new URL(request.url ?? '', 'http://outside').pathname.slice(1))
    asked.push(what)
    events.dispatchEvent(new Event('asked'))
    if (what === 'at once') response.end('ok')
    if (what === 'together') waiting.push(response)
    if (waiting.length === 4) for (const one of waiting.splice(0)) one.end('ok')
  })
  outside.listen(0, '127.0.0.1')
  await once(outside, 'listening')
  const { port } = outside.address() as AddressInfo
  try {
    await using workerd = await serveWorkerd(fill, config(port))
    const call = async (method: string, text = ''): Promise<string> => {
      const url = `${workerd.origin}/${[method, text].map(encodeURIComponent).join('/')}`
      return (await fetch(url)).text()
    }
    return await tell({
      call,
      async asked(what) {
        while (!asked.includes(what)) await once(events, 'asked')
      },
      async kill() {
        await call('kill')
      },
    })
  } finally {
    outside.closeAllConnections()
    outside.close()
  }
}

async function fill(folder: string): Promise<void> {
  for (const name of ['object.js', 'probe.js']) {
    await copyFile(fileURLToPath(import.meta.resolve(`./${name}`)), join(folder, name))
  }
}

function config(port: number): string {
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "probe", worker = (
      compatibilityDate = "2026-11-01",
      modules = [
        (name = "object.js", esModule = embed "object.js"),
        (name = "probe.js", esModule = embed "probe.js"),
      ],
      bindings = [(name = "PROBE", durableObjectNamespace = "Probe")],
      durableObjectNamespaces = [(className = "Probe", uniqueKey = "probe", enableSql = true)],
      durableObjectStorage = (localDisk = "disk"),
    )),
    (name = "disk", disk = (path = "disk", writable = true)),
    (name = "internet", external = (address = "127.0.0.1:${port}", http = (style = proxy))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "probe")],
);
`
}
