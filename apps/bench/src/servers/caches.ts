import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { outputOf } from '../machine/machine.ts'
import { spawnMeasured } from '../machine/cores.ts'
import { end, freePort, type Running } from './running.ts'

/** A cache that stands in front of upstream, as a program of its own. */
interface Cache {
  readonly program: string
  readonly args: (folder: string, port: number) => readonly string[]
  /** The file in its folder that configures it. */
  readonly config: (folder: string, port: number, upstream: URL) => string
}

const CONFIG = 'config'

/** One request at a time for what is missing; what is old is served while it is renewed behind. */
export const nginx: Cache = {
  program: 'nginx',
  args: (folder) => ['-e', 'stderr', '-p', folder, '-c', CONFIG],
  config: (folder, port, { host }) => `
daemon off;
worker_processes 1;
pid ${folder}/pid;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  proxy_cache_path ${folder}/cache keys_zone=models:16m;
  upstream api { server ${host}; keepalive 8; }
  server {
    listen 127.0.0.1:${port} backlog=1024;
    keepalive_requests 1000000000;
    location / {
      proxy_pass http://api;
      proxy_http_version 1.1;
      proxy_set_header connection "";
      proxy_cache models;
      proxy_cache_valid 200 404 60s;
      proxy_cache_lock on;
      proxy_cache_lock_timeout 30s;
      proxy_cache_lock_age 30s;
      proxy_cache_use_stale updating error timeout http_500 http_502 http_503 http_504;
      proxy_cache_background_update on;
      add_header access-control-allow-origin * always;
    }
  }
}
`,
}

/** One request at a time for what is missing; grace for what is old. */
export const varnish: Cache = {
  program: 'varnishd',
  args: (folder, port) => [
    '-F',
    '-n',
    folder,
    '-a',
    `127.0.0.1:${port}`,
    '-f',
    join(folder, CONFIG),
    '-s',
    'malloc,256m',
    '-p',
    'thread_pools=1',
    '-p',
    'listen_depth=1024',
  ],
  config: (_, __, { hostname, port }) => `
vcl 4.1;
backend api { .host = "${hostname}"; .port = "${port}"; .first_byte_timeout = 30s; }
sub vcl_backend_response {
  set beresp.ttl = 60s;
  set beresp.grace = 24h;
  set beresp.http.access-control-allow-origin = "*";
}
`,
}

export function isInstalled({ program }: Cache): boolean {
  return outputOf('which', [program]) !== ''
}

export async function startCache(cache: Cache, upstream: string): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-bench-'))
  // Where root starts them, they work as somebody else, who has to get in.
  await chmod(folder, 0o755)
  const port = await freePort()
  await writeFile(join(folder, CONFIG), cache.config(folder, port, new URL(upstream)))
  const child = spawnMeasured(cache.program, cache.args(folder, port), {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaints = ''
  child.stderr?.on('data', (text: Buffer) => {
    complaints += text.toString()
  })
  for (let tries = 0; !(await listens(port)); tries += 1) {
    if (tries > 200 || child.exitCode !== null || child.pid === undefined) {
      await end(child, folder)
      throw new Error(`${cache.program} did not start: ${complaints}`)
    }
    await sleep(25)
  }
  const origin = `http://127.0.0.1:${port}`
  return { origin, pid: child.pid ?? 0, stop: () => end(child, folder) }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const settle = (found: boolean): void => {
      socket.destroy()
      resolve(found)
    }
    socket.on('connect', () => settle(true)).on('error', () => settle(false))
  })
}
