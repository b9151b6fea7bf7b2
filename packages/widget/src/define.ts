import './define-model-list.ts'
import './define-model-picker.ts'
