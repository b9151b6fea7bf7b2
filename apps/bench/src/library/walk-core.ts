import { listModels } from '@models-edge/core'
import { report } from './report.ts'

const baseURL = process.argv[2] ?? ''

await report(listModels(fetch, { limit: 100 }, { baseURL, apiKey: 'any' }))
