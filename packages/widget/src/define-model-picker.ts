import { defineElement } from './define-element.ts'
import { ModelPicker } from './model-picker.ts'

declare global {
  interface HTMLElementTagNameMap {
    'model-picker': ModelPicker
  }
}

defineElement('model-picker', ModelPicker)
