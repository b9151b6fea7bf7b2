// The file to paste: both elements, defined.
import './define.ts'
