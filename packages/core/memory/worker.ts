import { calls } from './calls.ts'

/** For workerd: makes as many requests as it is told to. */
export default {
  async fetch({ url }: Request): Promise<Response> {
    const { searchParams } = new URL(url)
    return Response.json(
      await calls(searchParams.get('of') ?? '', Number(searchParams.get('count'))),
    )
  },
}
