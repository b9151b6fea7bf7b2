/** Why nothing could be checked: what was asked for is wrong, or is not there. */
export class CheckError extends Error {
  override readonly name = 'CheckError'
}
