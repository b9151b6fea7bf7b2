import { type Events, isSecret, told } from './event.ts'

/** What happens to the names that stand for models. */
export const aliasEvents: Events = {
  'alias appears': [
    3,
    (company) => {
      const model = company.choose(
        ({ id }) => /-\d{8}$/.test(id) && !company.aliases.has(undated(id)),
      )
      if (model) company.point(undated(model.id), model.id)
      return told(model && undated(model.id), 'stands for a model now')
    },
  ],
  'alias ends': [
    2,
    (company) => {
      const aliases = [...company.aliases.keys()]
      if (aliases.length === 0) return undefined
      const gone = company.random.pick(aliases)
      company.aliases = new Map([...company.aliases].filter(([alias]) => alias !== gone))
      return `${gone} stands for nothing any more`
    },
  ],
  'alias moves': [
    3,
    (company) => {
      const aliases = [...company.aliases.keys()].filter((alias) => !alias.includes('secret'))
      const model = company.choose((candidate) => !isSecret(candidate))
      if (aliases.length === 0 || !model) return undefined
      const moved = company.random.pick(aliases)
      company.point(moved, model.id)
      return `${moved} stands for ${model.id} now`
    },
  ],
}

function undated(id: string): string {
  return id.replace(/-\d{8}$/, '')
}
