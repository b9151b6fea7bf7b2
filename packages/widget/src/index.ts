export { ModelList } from './model-list.ts'
export { ModelPicker } from './model-picker.ts'
export { setTexts, type Texts } from './texts.ts'
