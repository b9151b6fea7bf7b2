import '@models-edge/widget/react'
import { useReducer, useState } from 'react'
import type { Mounted, Way } from './mount.ts'

export function Form({
  initial,
  tell,
  way,
}: {
  initial: string
  tell?: (form: Mounted) => void
  way: Way
}) {
  const [saved, set] = useState(initial)
  const [, again] = useReducer((count: number) => count + 1, 0)
  tell?.({ again, set })
  return (
    <form>
      <model-picker>
        <select name="model" value={saved} onChange={({ target }) => set(target.value)}>
          {way !== 'no options' && <option value="">Choose a model</option>}
          {way === 'the saved option' && saved && <option value={saved}>{saved}</option>}
        </select>
      </model-picker>
    </form>
  )
}
