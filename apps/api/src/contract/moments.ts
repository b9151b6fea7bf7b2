/** Times as the wire has them. */

export const moment = { type: 'string', format: 'date-time' }
export const momentOrNull = { type: ['string', 'null'], format: 'date-time' }
