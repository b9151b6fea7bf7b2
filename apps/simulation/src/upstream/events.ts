import { aliasEvents } from './alias-events.ts'
import { dayAfter, type Fields } from './company.ts'
import { type Events, isSecret, told } from './event.ts'

const MOST_MODELS = 40

/** What happens to models, and how often, in parts of all. */
export const events: Events = {
  release: [
    10,
    (company, at) => {
      if (company.models.length >= MOST_MODELS) return undefined
      const id = company.name(company.random.pick(['opus', 'sonnet', 'haiku']))
      company.add(id, at)
      return `${id} is released`
    },
  ],
  'dated release': [
    6,
    (company, at) => {
      if (company.models.length >= MOST_MODELS) return undefined
      const alias = company.name('sonnet')
      const id = `${alias}-${dayAfter(at, 0).slice(0, 10).replaceAll('-', '')}`
      company.add(id, at)
      if (company.random.chance(0.3)) return `${id} is released, without an alias`
      company.point(alias, id)
      return `${id} is released, and ${alias} stands for it`
    },
  ],
  'hidden release': [
    4,
    (company, at) => {
      if (company.models.filter(isSecret).length >= 5) return undefined
      const name = company.name('secret-one')
      const id = company.random.chance(0.5) ? name : `${name}-20261101`
      company.add(id, at)
      if (id !== name) company.point(name, id)
      return `${id} is released, which is hidden`
    },
  ],
  deprecation: [
    6,
    (company, at) =>
      told(
        company.change(isActive, () => ({
          lifecycle: 'deprecated',
          deprecated_at: dayAfter(at, 0),
          retires_at: dayAfter(at, 60),
        })),
        'is deprecated',
      ),
  ],
  reschedule: [
    5,
    (company, at) => {
      const retires_at = dayAfter(at, company.random.whole(20, 200))
      return told(
        company.change(
          (model) => model['lifecycle'] === 'deprecated' && model['retires_at'] !== retires_at,
          () => ({ retires_at }),
        ),
        `retires ${retires_at}`,
      )
    },
  ],
  retirement: [
    4,
    (company, at) =>
      told(
        company.change(
          (model) => model['lifecycle'] === 'deprecated',
          () => ({ lifecycle: 'retired', retires_at: dayAfter(at, 0) }),
        ),
        'is retired',
      ),
  ],
  removal: [
    5,
    (company) => {
      if (company.models.length < 12) return undefined
      const gone = company.choose(() => true)
      if (gone) company.remove(gone.id)
      return told(gone?.id, 'is removed')
    },
  ],
  'small change': [
    10,
    (company) => {
      const max_tokens = company.random.whole(1, 1000) * 128
      return told(
        company.change(
          (model) => model['max_tokens'] !== max_tokens,
          () => ({ max_tokens }),
        ),
        `has max_tokens ${max_tokens}`,
      )
    },
  ],
  'another order of keys': [
    2,
    (company) => {
      company.models = company.models.map(
        (model) => Object.fromEntries(Object.entries(model).toReversed()) as Fields,
      )
      return 'the keys of all models are in another order'
    },
  ],
  'another order': [
    2,
    (company) => {
      const at = company.random.whole(0, company.models.length - 1)
      company.models = [...company.models.slice(at), ...company.models.slice(0, at)]
      return `the list begins with the former number ${at}`
    },
  ],
  ...aliasEvents,
}

function isActive(model: Fields): boolean {
  return model['lifecycle'] === 'active'
}
