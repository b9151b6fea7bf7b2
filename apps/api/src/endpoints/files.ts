import openapi from '../../built/openapi.txt'
import guide from '../contract/llms.txt'
import { type Answer, textAnswer } from '../http/answer.ts'
import { type WidgetFile, widgetFile } from './widget/file.ts'

/** Comparisons are many, and say what the pages of models say. */
const robots = `# For language models: /llms.txt, and all documents in /llms-full.txt
User-agent: *
Disallow: /compare/
Disallow: /v1/compare/
`

/** What is served and does not depend on the models. */
export interface Files {
  readonly openapi: Answer
  readonly guide: Answer
  readonly robots: Answer
  readonly widget: WidgetFile
}

/** Makes them when they are asked for, once in an isolate. */
export function filesOnce(): () => Promise<Files> {
  let files: Files | undefined
  return async () =>
    (files ??= {
      openapi: await textAnswer(openapi, 'application/json', { policy: 'file' }),
      guide: await textAnswer(guide, 'text/plain; charset=utf-8', { policy: 'file' }),
      robots: await textAnswer(robots, 'text/plain; charset=utf-8', { policy: 'file' }),
      widget: await widgetFile(),
    })
}
