/** A document as it lies among the static assets: all of its page but the frame. */
export interface DocumentFile {
  readonly title: string
  readonly description: string
  readonly style: string
  /** Markup. Where it says `{origin}`, the service's own address goes. */
  readonly main: string
}
