import { listen } from '@models-edge/testing/listener'
import { bundle } from '../bundle.ts'
import { FakeApi } from '../test/fake-api.ts'
import { bundleExample } from '../test/frameworks/examples.ts'
import { demo, look, looks } from './page.ts'

/** Serves the pages, the widget, and an API for them to ask. */
export async function startDemo(): ReturnType<typeof listen> {
  const api = new FakeApi()
  const scripts: Readonly<Record<string, string>> = {
    '/widget.js': await bundle(),
    '/react.js': await bundleExample('tsx', 'react'),
    '/vue.js': await bundleExample('vue', 'vue'),
    '/svelte.js': await bundleExample('svelte', 'svelte'),
  }
  const pages: Readonly<Record<string, (query: URLSearchParams) => string>> = {
    '/': () => demo((mood) => api.base(mood)),
    '/looks': looks,
    '/look': (query) => look(api.base('ok'), query),
  }
  return listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://demo')
    if (pathname.endsWith('/v1/models')) return api.answer(request, response)
    const script = scripts[pathname]?.replaceAll('https://models.example', '')
    const text = script ?? pages[pathname]?.(searchParams)
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
    return response.writeHead(text === undefined ? 404 : 200).end(text)
  })
}
