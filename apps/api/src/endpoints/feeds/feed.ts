/* What both feeds say of themselves. */

export const TITLE = 'Changes of the Claude models'

export const ABOUT = 'Releases, deprecations, retirements and what else happens to Claude models.'

/** Of a feed that does not know its address. */
export const FEED_ID = 'urn:uuid:6d6f6465-6c73-8d65-a467-652d66656564'

export const withoutAddress =
  'This copy does not know its own address: its links are relative, or left out.'
