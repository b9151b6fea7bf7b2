import openapi from '../built/openapi.txt'
import guide from './contract/llms.txt'
import { type Answer, jsonAnswer, textAnswer } from './http/answer.ts'
import { type WidgetFile, widgetFile } from './page/widget-file.ts'

/** What is served and does not depend on the models: made once in an isolate. */
export interface Files {
  readonly openapi: Answer
  readonly guide: Answer
  readonly widget: WidgetFile
}

export async function makeFiles(): Promise<Files> {
  return {
    openapi: await jsonAnswer(openapi, { policy: 'file' }),
    guide: await textAnswer(guide, 'text/plain; charset=utf-8', { policy: 'file' }),
    widget: await widgetFile(),
  }
}
