export type Platform = 'anthropic' | 'bedrock' | 'vertex' | 'openrouter' | 'copilot' | 'other'

interface Owner {
  readonly name: string
  /** Where it says when it retires what. */
  readonly page: string | null
}

/** Whoever offers the models, Anthropic or another. */
export const OWNERS: Readonly<Record<Platform, Owner>> = {
  anthropic: { name: 'Anthropic', page: null },
  bedrock: {
    name: 'Amazon Bedrock',
    page: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html',
  },
  vertex: {
    name: 'Google Vertex',
    page: 'https://cloud.google.com/vertex-ai/generative-ai/docs/deprecations/partner-models',
  },
  openrouter: { name: 'OpenRouter or another gateway', page: 'https://openrouter.ai/anthropic' },
  copilot: {
    name: 'GitHub Copilot',
    page: 'https://docs.github.com/en/copilot/reference/ai-models/supported-models',
  },
  other: { name: 'Another platform', page: null },
}
