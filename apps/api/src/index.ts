import { lastResort } from './http/errors.ts'
import { Service } from './service.ts'

let service: Service | undefined

export default {
  async fetch(request, env, context) {
    try {
      service ??= new Service(env)
      return await service.respond(request, context)
    } catch (error) {
      return lastResort(error)
    }
  },

  async scheduled({ scheduledTime }, env) {
    service ??= new Service(env)
    await service.tick(new Date(scheduledTime))
  },
} satisfies ExportedHandler<Env>
