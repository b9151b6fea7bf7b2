import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { ModelList } from './model-list.ts'
import type { ModelPicker } from './model-picker.ts'

// For programs that have React: importing this types the elements in JSX.

type Props<Element> = DetailedHTMLProps<HTMLAttributes<Element>, Element> & {
  /** The API's base. Unless given, where the script came from. */
  src?: string | undefined
  /** One or more of `active`, `deprecated` and `retired`, separated by spaces. */
  lifecycle?: string | undefined
  /** Only the models of this line; `other` are those without one. */
  line?: string | undefined
  onloadstart?: ((event: CustomEvent) => void) | undefined
  onload?: ((event: CustomEvent) => void) | undefined
  onerror?: ((event: CustomEvent<Error>) => void) | undefined
  onloadend?: ((event: CustomEvent) => void) | undefined
}

declare module 'react' {
  // JSX is a namespace in React's types, and only a namespace can add to it.
  namespace JSX {
    interface IntrinsicElements {
      'model-list': Props<ModelList> & {
        /** How many models a page has: 1 to 1000, 20 unless given. */
        limit?: number | string | undefined
        'oncopy-id'?: ((event: CustomEvent<string>) => void) | undefined
      }
      'model-picker': Props<ModelPicker>
    }
  }
}
