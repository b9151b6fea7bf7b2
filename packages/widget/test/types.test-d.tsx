import type { ModelList, ModelPicker } from '@models-edge/widget'
import '@models-edge/widget/define'
import '@models-edge/widget/react'

// Compiled by `check:types`, never run.

const list = document.createElement('model-list') satisfies ModelList
document.querySelector('model-picker') satisfies ModelPicker | null

void (list.load('claude-opus-5-5') satisfies Promise<void>)
// @ts-expect-error A cursor is an id.
void list.load(7)
// @ts-expect-error A picker has no pages.
void document.createElement('model-picker').load('claude-opus-5-5')
// @ts-expect-error What a page gets is the element, not its inner workings.
list.connected()

list.addEventListener('copy-id', ({ detail }) => detail.toUpperCase())
// @ts-expect-error The detail is the id.
list.addEventListener('copy-id', ({ detail }) => detail.id)

export const elements = [
  <model-list
    src="/api"
    limit={3}
    line="opus"
    lifecycle="active deprecated"
    lang="de"
    data-more="mehr"
    onload={() => {}}
    oncopy-id={({ detail }) => detail.toUpperCase()}
  >
    <p>Models</p>
  </model-list>,
  <model-picker line="opus">
    <select />
  </model-picker>,
  // @ts-expect-error A limit is a number.
  <model-list limit={true} />,
  // @ts-expect-error A picker has no pages.
  <model-picker limit={3} />,
  // @ts-expect-error There is no such attribute.
  <model-list lines="opus" />,
]
