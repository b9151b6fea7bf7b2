import type { Texts } from './texts.ts'

/** All texts in German, for `setTexts`: the example for other languages. */
export const german: Texts = {
  copy: 'kopieren',
  copied: 'kopiert:',
  more: 'mehr',
  loading: 'wird geladen',
  models: '* Modell; * Modelle',
  soFar: 'bisher *',
  context: '* Kontext',
  output: '* Ausgabe',
  released: 'erschienen am *',
  retires: 'wird * eingestellt',
  overdue: 'überfällig',
  retired: 'eingestellt *',
  deprecated: 'veraltet',
  until: 'bis *',
  other: 'Andere',
  unknown: 'Unbekannt',
}
