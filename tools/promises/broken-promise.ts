/** A promise to the users, and a line of the sources without which it is broken: a test must notice. */
export interface BrokenPromise {
  /** A part of the README or of SECURITY.md, word for word but for its marks. */
  readonly promise: string
  /** What is wrong then. */
  readonly broken: string
  /** From the root of the repository. */
  readonly file: string
  /** Stands in that file once. */
  readonly from: string
  readonly to: string
  /** The package, and the part of its tests, that must fail then; without a package, a script of the root. */
  readonly noticed: { readonly package?: string; readonly by: string }
}
