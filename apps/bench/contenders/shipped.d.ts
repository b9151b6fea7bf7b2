/** The Worker that a wrapper is around: it lies beside the bundled wrapper when that runs. */
declare const shipped: {
  fetch(request: Request, env: object, context: ExecutionContext): Response | Promise<Response>
  scheduled(event: object, env: object, context: ExecutionContext): Promise<void>
}
export default shipped
