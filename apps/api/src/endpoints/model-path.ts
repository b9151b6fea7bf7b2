/** Where a model's page is. */
export function modelPath(id: string): string {
  return `/models/${encodeURIComponent(id.toWellFormed())}`
}
