/** The production bundle, which lies beside the bundled contender when it runs. */
declare const shipped: {
  fetch(request: Request, env: object, context: ExecutionContext): Promise<Response>
}
export default shipped
