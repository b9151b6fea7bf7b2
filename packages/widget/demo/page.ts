import type { Mood } from '../test/fake-api.ts'

/** Something to look at and to click. */
interface Case {
  readonly title: string
  readonly html: string
}

const list = (src: string, rest = '') =>
  `<model-list src="${src}" ${rest}><a href="#top">Our own words</a></model-list>`

const picker = (src: string, options: string, rest = '') =>
  `<form><model-picker src="${src}" ${rest}><label>Model <select name="model">${options}</select></label></model-picker> <button>Send</button> <button type="reset">Reset</button></form>`

const empty = '<option value="">Choose a model</option>'
const saved = (id: string) => `${empty}<option value="${id}" selected>${id}</option>`
const german = `data-more="mehr" data-copy="kopieren" data-so-far="bisher *" data-context="* Kontext"
  data-output="* Ausgabe" data-released="erschienen am *"`

/** All that there is to see, on one page; `base` names an API in some mood. */
export function demo(base: (mood: Mood) => string): string {
  const src = base('ok')
  const cases: readonly Case[] = [
    { title: 'A list', html: list(src, 'limit="4"') },
    { title: 'All that has retired', html: list(src, 'lifecycle="retired"') },
    { title: 'Of one line', html: list(src, 'line="opus"') },
    { title: 'In German, once for this element', html: list(src, `lang="de" limit="2" ${german}`) },
    {
      title: 'From right to left',
      html: `<div dir="rtl" lang="ar">${list(src, 'limit="2"')}</div>`,
    },
    { title: 'The API is down', html: list(base('down')) },
    { title: 'The API has nothing', html: list(base('empty')) },
    {
      title: 'A mistake: look into the console',
      html: list(src, 'limit="all" lifecycle="current"'),
    },
    { title: 'A picker that nobody has chosen in', html: picker(src, empty) },
    { title: 'A saved model', html: picker(src, saved('claude-opus-5-5')) },
    {
      title: 'A saved model that has retired',
      html: picker(src, saved('claude-3-haiku-20240307')),
    },
    { title: 'A saved model that nobody knows', html: picker(src, saved('claude-2')) },
    { title: 'No option of the page', html: picker(src, '') },
    { title: 'An option of the page’s own', html: picker(src, '<option>Automatic</option>') },
    {
      title: 'Several values: left as it is',
      html: picker(src, '<option>own</option>').replace('<select', '<select multiple'),
    },
    { title: 'The API is down, in a form', html: picker(base('down'), saved('claude-2')) },
    {
      title: 'Not before it is opened',
      html: `<details><summary>Model</summary>${picker(src, empty)}</details>`,
    },
    { title: 'React, as in the README', html: '<div id="react"></div>' },
    { title: 'Vue, as in the README', html: '<div id="vue"></div>' },
    { title: 'Svelte, as in the README', html: '<div id="svelte"></div>' },
  ]
  const sections = cases.map(({ html, title }) => `<section><h2>${title}</h2>${html}</section>`)
  return page({
    body: `<h1 id="top">&lt;model-list&gt; and &lt;model-picker&gt;</h1>
      <p>A form says here what it sends: <output id="sent">–</output></p>${sections.join('\n')}
      <script>
        addEventListener('submit', (event) => {
          event.preventDefault()
          document.querySelector('#sent').textContent = new URLSearchParams(new FormData(event.target)) || 'nothing'
        })
      </script>
      ${['react', 'vue', 'svelte'].map((name) => `<script src="/${name}.js"></script>`).join('')}`,
  })
}

/** The four looks of the README's pictures, side by side. */
export function looks(): string {
  const frames = [
    ['?', 520, 510],
    ['?scheme=dark', 520, 510],
    ['?phone', 320, 660],
    ['?dir=rtl', 520, 660],
  ].map(
    ([query, width, height]) =>
      `<iframe src="/look${query}" width="${width}" height="${height}"></iframe>`,
  )
  const style = 'iframe { border: 0 } body { margin: 0; max-width: none; width: 1100px }'
  return page({ body: `<style>${style}</style>${frames.join('')}` })
}

/** One of them. */
export function look(src: string, query: URLSearchParams): string {
  const dir = query.get('dir') ?? 'ltr'
  return page({
    dir,

    scheme: query.get('scheme') ?? 'light',
    body: `${picker(src, saved('claude-2'))}<br>${list(src, 'lifecycle="active deprecated retired" limit="8" line="opus"')}`,
  })
}

interface Page {
  readonly body: string
  readonly dir?: string
  readonly lang?: string
  readonly scheme?: string
}

function page({ body, dir = 'ltr', lang = 'en', scheme = 'light dark' }: Page): string {
  return `<!doctype html>
<html lang="${lang}" dir="${dir}" style="color-scheme: ${scheme}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The elements</title>
<style>
  html { background: Canvas; font: 16px/1.5 system-ui, sans-serif }
  body { margin: 1em auto; max-width: 60em; padding: 0 1em }
</style>
<script type="module" src="/widget.js"></script>
<body>${body}`
}
