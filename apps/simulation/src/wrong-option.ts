/** What was typed cannot be meant. */
export class WrongOption extends Error {}
