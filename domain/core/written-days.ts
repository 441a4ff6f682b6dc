/**
 * An instant in the words of a language, in UTC. French writes the first of a month as `1er`, which `Intl` does not.
 *
 * @param at epoch seconds
 */
export function writtenDay(at: number, format: Intl.DateTimeFormat): string {
  const isFrench = format.resolvedOptions().locale.startsWith('fr');
  const parts = format.formatToParts(at * 1000);
  return parts.map(({ type, value }) => (isFrench && type === 'day' && value === '1' ? '1er' : value)).join('');
}
