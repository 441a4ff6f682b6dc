/**
 * Lists the tax rates and the thresholds, in force or announced, whose source says so as of more than a year ago, and those without a source. Exits with 1 if a row was checked
 * once and is older than a year, so that a scheduled job can remind.
 */
import { RATES, staleRows } from '../domain/tax/rates';
import { TAX_THRESHOLDS } from '../domain/tax/threshold-table';

const today = new Date().toISOString().slice(0, 10);
const rates = staleRows(RATES, today);
const thresholds = staleRows(TAX_THRESHOLDS, today);
for (const { place, kind, rate, checkedOn, source } of rates) show([place, kind, `${rate} %`], { checkedOn, source });
for (const { area, sellers, amount, currency, checkedOn, source } of thresholds) {
  show([area, sellers, `${amount} ${currency.toUpperCase()}`], { checkedOn, source });
}
console.log(`Of ${countOf(RATES)} rates in force or announced, ${wordsOn(rates)}.`);
console.log(`Of ${countOf(TAX_THRESHOLDS)} thresholds in force or announced, ${wordsOn(thresholds)}.`);
process.exitCode = [...rates, ...thresholds].some(({ checkedOn }) => checkedOn !== null) ? 1 : 0;

function countOf(rows: readonly { to: string | null }[]): string {
  return String(rows.filter(({ to }) => to === null || to > today).length);
}

function wordsOn(stale: readonly { checkedOn: string | null }[]): string {
  const never = stale.filter(({ checkedOn }) => checkedOn === null).length;
  return `${String(never)} were never compared with their source, and ${String(stale.length - never)} more than a year ago`;
}

function show([place, kind, amount]: [string, string, string], { checkedOn, source }: { checkedOn: string | null; source: string }): void {
  console.log([place.padEnd(7), kind.padEnd(12), amount.padEnd(13), checkedOn ?? 'never     ', source].join('  '));
}
