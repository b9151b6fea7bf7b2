const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * The text of each model in a page's `data`, without white space between tokens and otherwise byte for
 * byte: writing anew what was parsed can change numbers, escapes and the order of some keys.
 */
export function rawModels(page: string, data: readonly object[]): readonly string[] {
  // Stryker disable next-line ArrowFunction: a shortcut: without it the same texts are cut out
  const written = data.map((model) => JSON.stringify(model))
  // Most often it changes nothing, and then it is the fastest way.
  // Stryker disable next-line MethodExpression: the same shortcut
  return page.startsWith(`{"data":[${written.join()}]`) ? written : cutModels(page)
}

/** Expects an object of JSON that has been parsed already. */
function cutModels(page: string): readonly string[] {
  const models: string[] = []
  let depth = 0
  let start = 0
  // Stryker disable BooleanLiteral,StringLiteral: each is set before it is read
  let inData = false
  let string = ''
  let spaced = false
  // Stryker restore BooleanLiteral,StringLiteral
  for (let at = 0; at < page.length; at += 1) {
    switch (page.charAt(at)) {
      case '"': {
        const end = endOfString(page, at)
        if (depth === 1) string = page.slice(at, end + 1)
        at = end
        break
      }
      case '{':
      case '[':
        inData = string === '"data"'
        if (depth === 2 && inData) {
          start = at
          spaced = false
        }
        depth += 1
        break
      case '}':
      case ']':
        depth -= 1
        if (depth === 2 && inData) {
          const model = page.slice(start, at + 1)
          models.push(spaced ? withoutSpace(model) : model)
        }
        break
      case ' ':
      case '\n':
      case '\r':
      case '\t':
        spaced = true
        break
      default:
    }
  }
  return models
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(at)) {
    at += code === BACKSLASH ? 2 : 1
  }
  return at
}

function withoutSpace(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s/g, '$1')
}
