export { ModelList } from './model-list.ts'
export { ModelPicker } from './model-picker.ts'
