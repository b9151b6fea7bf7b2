import { bytes } from '../figures.ts'
import { packedSize } from '../packed-size.ts'
import { table } from '../table.ts'

/** Custom elements that pages paste, each with its own job: what such a thing weighs. */
const neighbours = [
  '@github/clipboard-copy-element',
  '@github/include-fragment-element',
  '@github/relative-time-element',
  'lit',
]

/** What the widget weighs beside its neighbours. */
export async function widgetBytes(): Promise<string> {
  const own = [
    ['<model-list> and <model-picker>', '@models-edge/widget/define'],
    ['<model-list>', '@models-edge/widget/model-list/define'],
    ['<model-picker>', '@models-edge/widget/model-picker/define'],
  ]
  const rows: string[][] = []
  for (const [name = '', module = name] of [...own, ...neighbours.map((one) => [one])]) {
    const { brotli, minified } = await packedSize(`export * from '${module}'`)
    rows.push([name, bytes(minified), bytes(brotli)])
  }
  return table(['', 'minified', 'brotli'], rows)
}
