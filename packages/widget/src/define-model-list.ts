import { defineElement } from './define-element.ts'
import { ModelList } from './model-list.ts'

declare global {
  interface HTMLElementTagNameMap {
    'model-list': ModelList
  }
  interface HTMLElementEventMap {
    /** An id was copied; `detail` is the id. */
    'copy-id': CustomEvent<string>
  }
}

defineElement('model-list', ModelList)
