/** The little that the specs need of a browser, so that several can run them. */
export interface Browser {
  open(url: string, options: TabOptions): Promise<Tab>
  close(): Promise<void>
}

export interface Tab {
  evaluate<Result>(run: () => Result | Promise<Result>): Promise<Result>
  evaluate<Argument, Result>(
    run: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>
  press(key: 'ArrowDown' | 'ArrowUp' | 'Enter' | 'Tab' | 'C'): Promise<void>
  /** What is seen, as PNG. */
  picture(): Promise<Uint8Array>
  close(): Promise<void>
}

/** What only Chromium pretends when it is told to. */
export interface TabOptions {
  readonly dark?: boolean
  readonly forcedColors?: boolean
  readonly javaScript?: boolean
  readonly width?: number
}

const { BROWSER = 'chromium' } = process.env

/** The browser that the environment names. */
export async function startBrowser(): Promise<Browser> {
  if (BROWSER === 'firefox') return (await import('./firefox.ts')).startFirefox()
  if (BROWSER === 'webkit') return (await import('./webkit.ts')).startWebKit()
  return (await import('./chromium.ts')).startChromium()
}

/** For specs that need more of a browser than others can. */
export const isChromium = BROWSER === 'chromium'

/** WebKit lets nobody read what was copied. */
export const readsClipboard = BROWSER !== 'webkit'

/** WebKit knows no `<select is>`. */
export const knowsIs = BROWSER !== 'webkit'
