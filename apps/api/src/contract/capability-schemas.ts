import type { Capabilities } from '@models-edge/core'

/** What a model can do: a tree whose known leaves have names, and which is open everywhere. */

const support = { $ref: '#/components/schemas/Support' }
const supported = { type: 'boolean' }

function open(properties: object, description: string): object {
  return { type: ['object', 'null'], description, properties, additionalProperties: true }
}

type Members<Name extends keyof Capabilities> = Readonly<
  Record<Exclude<keyof NonNullable<Capabilities[Name]>, 'supported'>, object>
>

function groupOf<Name extends keyof Capabilities>(members: Members<Name>): object {
  return open({ supported, ...members }, 'Its own support and that of its members.')
}

export const capabilitySchemas = {
  Support: open({ supported }, 'A leaf of the tree.'),
  Capabilities: open(
    {
      batch: support,
      citations: support,
      code_execution: support,
      context_management: groupOf<'context_management'>({
        clear_tool_uses_20250919: support,
        clear_thinking_20251015: support,
        compact_20260112: support,
      }),
      effort: groupOf<'effort'>({
        low: support,
        medium: support,
        high: support,
        xhigh: support,
        max: support,
      }),
      image_input: support,
      pdf_input: support,
      server_tools: groupOf<'server_tools'>({ code_execution: support, web_search: support }),
      structured_outputs: support,
      thinking: groupOf<'thinking'>({
        types: open(
          { enabled: support, adaptive: support, disabled: support, between_tools: support },
          'The ways to think.',
        ),
      }),
    } satisfies Readonly<Record<keyof Capabilities, object>>,
    'A tree whose leaves are `{"supported": true}`. Leaves can be null or missing, and new ones appear without notice.',
  ),
} as const
