import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startClient } from '../fuzz/client.ts'

interface Cache extends AsyncDisposable {
  /** The socket in the file system that it listens on. */
  readonly socket: string
}

interface Program {
  readonly name: string
  /** The package of Debian that has it. */
  readonly package: string
  /** Where it is, if it is installed. */
  readonly path: string | undefined
  start(origin: string): Promise<Cache>
}

/** Real caches, set up as the edge is: the key is path and query, and what the origin says holds. */
export const programs: readonly Program[] = [
  program('nginx', 'nginx-light', async (folder, { host }) => {
    await writeFile(join(folder, 'nginx.conf'), nginxConfig(folder, host))
    return ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr']
  }),
  program('varnishd', 'varnish', async (folder, { hostname, port }) => {
    await writeFile(join(folder, 'default.vcl'), varnishConfig(hostname, port))
    const listens = `http=${join(folder, 'socket')}`
    const files = ['-n', join(folder, 'work'), '-f', join(folder, 'default.vcl')]
    return ['-F', '-j', 'none', '-T', 'none', '-a', listens, '-s', 'malloc,64m', ...files]
  }),
]

function program(
  name: string,
  debian: string,
  prepare: (folder: string, origin: URL) => Promise<readonly string[]>,
): Program {
  const path = find(name)
  return {
    name,
    package: debian,
    path,
    async start(origin) {
      if (path === undefined) throw new Error(`${name} is not installed`)
      const folder = await mkdtemp(join(tmpdir(), 'models-edge-cache-'))
      const child = spawn(path, await prepare(folder, new URL(origin)), {
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let output = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text: Buffer) => (output += text.toString()))
      }
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
      throw new Error(`${name} did not start: ${output}`)
    },
  }
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

function find(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** No `proxy_cache_use_stale`: what may be served stale, and when, is for the origin to say. */
function nginxConfig(folder: string, origin: string): string {
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
  large_client_header_buffers 8 128k;
  keepalive_timeout 1h;
  server {
    listen unix:${folder}/socket;
    location / {
      proxy_pass http://${origin};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
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

/** Varnish knows \`stale-while-revalidate\` by itself; for \`stale-if-error\` it has to be told. */
function varnishConfig(host: string, port: string): string {
  return `
vcl 4.1;
import std;
backend default { .host = "${host}"; .port = "${port}"; }
sub vcl_recv {
  unset req.http.Authorization;
  unset req.http.Cookie;
}
sub vcl_hash {
  hash_data(req.url);
  return (lookup);
}
sub vcl_backend_response {
  if (beresp.status >= 500 && bereq.is_bgfetch) { return (abandon); }
  if (beresp.http.Cache-Control ~ "stale-if-error=") {
    set beresp.grace = std.duration(
      regsub(beresp.http.Cache-Control, "^.*stale-if-error=([0-9]+).*$", "\\1s"), 0s);
  }
}
`
}
