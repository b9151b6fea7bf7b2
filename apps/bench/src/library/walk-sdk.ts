import Anthropic from '@anthropic-ai/sdk'
import { report } from './report.ts'

const baseURL = process.argv[2] ?? ''

await report(new Anthropic({ baseURL, apiKey: 'any' }).models.list({ limit: 100 }))
