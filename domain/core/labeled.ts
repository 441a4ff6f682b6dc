/** The marks between a label and what it labels, in the languages that do not write `: `. French has a space before the colon that does not break. */
const COLONS: Readonly<Record<string, string>> = { fr: '\u00a0: ', ja: '：' };

/**
 * `Period: May`, `Période : mai`, `期間：5月`.
 *
 * @param tag a language, alone or with a region: `fr`, `fr-CA`
 */
export function labeled(tag: string, label: string, value: string): string {
  const [language = ''] = tag.toLowerCase().split('-');
  return `${label}${COLONS[language] ?? ': '}${value}`;
}
