/** The answer with something happening in the middle of its body. */
export function inHalves(response: Response, between: () => Promise<void>): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const bytes = new Uint8Array(await response.arrayBuffer())
      const middle = Math.floor(bytes.length / 2)
      controller.enqueue(bytes.subarray(0, middle))
      try {
        await between()
        controller.enqueue(bytes.subarray(middle))
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
  })
  return new Response(body, response)
}
