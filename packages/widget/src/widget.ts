// The file to paste: both elements, defined.
import './define.ts'

export { setTexts } from './texts.ts'
