/** Where the service itself answers: whatever comes from there must be as its contract says. */
export const serviceOrigins = new Set<string>()
