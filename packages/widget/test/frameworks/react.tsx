import { flushSync } from 'react-dom'
import { createRoot, hydrateRoot } from 'react-dom/client'
import type { Mounted } from './mount.ts'
import { Form } from './react-form.tsx'

globalThis.mount = (target, way, saved, hydrates) => {
  let form: Mounted | undefined
  const element = <Form initial={saved} tell={(mounted) => (form = mounted)} way={way} />
  flushSync(() => {
    // What the widget has added to the page is no mistake of React's: it renders that anew.
    if (hydrates) hydrateRoot(target, element, { onRecoverableError() {} })
    else createRoot(target).render(element)
  })
  return {
    again: () => flushSync(() => form?.again()),
    set: (value) => flushSync(() => form?.set(value)),
  }
}
