/** The known values are suggested; any other string is valid, since the API adds values without notice. */
export type Open<Known extends string> = Known | (string & {})

/** The lifecycles that a list can be filtered by. */
export type Lifecycle = 'active' | 'deprecated' | 'retired'

/** A leaf of the capability tree. */
export interface Support {
  readonly supported: boolean
}

/** A group of the capability tree: its own support and that of its members. */
export type SupportGroup<Member extends string> = Support & {
  readonly [name in Member]?: Support | null
}

/** What a model can do. Leaves may be null or missing, and new ones appear without notice. */
export interface Capabilities {
  readonly batch?: Support | null
  readonly citations?: Support | null
  readonly code_execution?: Support | null
  readonly context_management?: SupportGroup<
    'clear_tool_uses_20250919' | 'clear_thinking_20251015' | 'compact_20260112'
  > | null
  readonly effort?: SupportGroup<'low' | 'medium' | 'high' | 'xhigh' | 'max'> | null
  readonly image_input?: Support | null
  readonly pdf_input?: Support | null
  readonly server_tools?: SupportGroup<'code_execution' | 'web_search'> | null
  readonly structured_outputs?: Support | null
  readonly thinking?:
    | (Support & {
        readonly types?:
          | {
              readonly [
                name in 'enabled' | 'adaptive' | 'disabled' | 'between_tools'
              ]?: Support | null
            }
          | null
      })
    | null
}

/** A model, as the API writes it. Only the first four fields are in every answer: older ones stop there. */
export interface ModelInfo {
  readonly type: 'model'
  readonly id: string
  readonly display_name: string
  /** RFC 3339. An epoch value means that the date is not known. */
  readonly created_at: string
  readonly line?: Open<'haiku' | 'sonnet' | 'opus' | 'fable' | 'mythos'> | null
  /** The context window. */
  readonly max_input_tokens?: number | null
  /** The most that one answer can hold. */
  readonly max_tokens?: number | null
  readonly capabilities?: Capabilities | null
  /** Missing means active. */
  readonly lifecycle?: Open<Lifecycle> | null
  /** RFC 3339. */
  readonly deprecated_at?: string | null
  /** RFC 3339. Can be revised; when it has passed on a deprecated model, the retirement is overdue. */
  readonly retires_at?: string | null
}
