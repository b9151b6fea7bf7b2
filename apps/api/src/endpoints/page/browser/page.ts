// What the moment adds to a page that is complete without it: how long ago, how the sync is now, the
// address that the page has, and the buttons that copy.

const said = document.querySelector('#said')

for (const span of document.querySelectorAll('.origin')) span.textContent = location.origin

for (const button of document.querySelectorAll<HTMLButtonElement>('main button')) {
  button.hidden = false
  button.addEventListener('click', () => void copy(button))
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text =
    button.dataset['copy'] ?? button.parentElement?.querySelector('pre')?.textContent ?? ''
  const done = (await write(text)) ? 'copied' : 'not copied'
  button.textContent = done
  say(button.dataset['copy'] === undefined ? done : `${done}: ${text}`)
  setTimeout(() => (button.textContent = 'copy'), 2000)
}

/** Without HTTPS there is no clipboard, and a browser may refuse it. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

const models = document.querySelector('.models')
models?.addEventListener('change', () => {
  const rows = [...models.querySelectorAll('tbody tr')].filter((row) => row.checkVisibility())
  say(`${rows.length} ${rows.length === 1 ? 'model' : 'models'}`)
})

function say(text: string): void {
  if (said) said.textContent = text
}

const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

function tell(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-ago]')) {
    const minutes = Math.round((Date.parse(time.dateTime) - Date.now()) / 60_000)
    const [count, unit] =
      minutes > -60
        ? ([minutes, 'minute'] as const)
        : minutes > -2880
          ? ([minutes / 60, 'hour'] as const)
          : ([minutes / 1440, 'day'] as const)
    time.dataset['ago'] = ` (${ago.format(Math.min(0, Math.round(count)), unit)})`
  }
}
tell()
setInterval(tell, 60_000)

for (const soon of document.querySelectorAll<HTMLElement>('[data-until]')) {
  const left = Math.ceil((Date.parse(soon.dataset['until'] ?? '') - Date.now()) / 86_400_000)
  const [count, unit] = soon.querySelectorAll('b, i')
  if (count) count.textContent = String(Math.max(0, left))
  if (unit) unit.textContent = left === 1 ? 'day' : 'days'
}

interface Health {
  readonly status: string
  readonly last_failure: { readonly reason: string; readonly in_a_row: number } | null
}

async function askHealth(): Promise<void> {
  const answer = await fetch('/health')
  const { last_failure, status } = (await answer.json()) as Health
  const freshness = document.querySelector<HTMLElement>('#freshness')
  if (status === 'ok' || !freshness) return
  // It is hidden where there is no copy yet, and has said already that it is old where it is.
  const isSaid = freshness.hidden || freshness.classList.contains('stale')
  freshness.append(` ${trouble(last_failure)}${isSaid ? '.' : ': shown is the last good copy.'}`)
  freshness.classList.add('stale')
  freshness.hidden = false
}
// A page that cannot ask says what it said before.
askHealth().catch(() => undefined)

function trouble(failure: Health['last_failure']): string {
  if (!failure) return 'No sync has come through for a while'
  const { in_a_row, reason } = failure
  return `${in_a_row === 1 ? 'The last sync' : `The last ${in_a_row} syncs`} failed (${reason})`
}
