import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '@models-edge/testing/program'
import { startClient } from '../fuzz/client.ts'

export const nginx = findProgram('nginx')

export interface Cache extends AsyncDisposable {
  /** The socket in the file system that it listens on. */
  readonly socket: string
}

/** A real cache, set up as the edge is: the key is path and query, and what the origin says holds. */
export async function startNginx(origin: string): Promise<Cache> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-cache-'))
  const file = join(folder, 'nginx.conf')
  await writeFile(file, config(folder, origin))
  const child = spawn(nginx ?? '', ['-p', folder, '-c', file, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (text: Buffer) => (output += text.toString()))
  const exited = once(child, 'exit')
  const socket = join(folder, 'socket')
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exited
    await rm(folder, { recursive: true, force: true })
  }
  while (child.exitCode === null) {
    if (await answers(socket)) return { socket, [Symbol.asyncDispose]: close }
  }
  await close()
  throw new Error(`nginx did not start: ${output}`)
}

async function answers(socket: string): Promise<boolean> {
  using client = startClient(socket, 1)
  try {
    await client.send({ method: 'GET', target: '/health', host: 'models.test', fields: [] })
    return true
  } catch {
    return false
  }
}

/** No `proxy_cache_use_stale`: what may be served stale, and when, is for the origin to say. */
function config(folder: string, origin: string): string {
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
master_process off;
pid ${folder}/pid;
events { worker_connections 1024; }
http {
  access_log off;
  ${folders.map((each) => `${each}_temp_path ${folder}/${each};`).join(' ')}
  proxy_cache_path ${folder}/cache keys_zone=answers:8m;
  keepalive_timeout 1h;
  server {
    listen unix:${folder}/socket;
    location / {
      proxy_pass ${origin};
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_cache answers;
      proxy_cache_key $request_uri;
      proxy_cache_lock on;
      proxy_cache_lock_timeout 1h;
      proxy_cache_lock_age 1h;
      proxy_cache_background_update on;
    }
  }
}
`
}
