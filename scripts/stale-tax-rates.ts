/**
 * Lists the tax rates in force that nobody compared with their law within a year, or ever. Exits with 1 if a row was checked once and is older
 * than a year, so that a scheduled job can remind.
 */
import { staleRates } from '../domain/tax/rates';

const today = new Date().toISOString().slice(0, 10);
const stale = staleRates(today);
for (const { place, kind, rate, checkedOn, source } of stale) {
  console.log([place.padEnd(7), kind.padEnd(12), `${rate} %`.padEnd(9), checkedOn ?? 'never     ', source].join('  '));
}
console.log(`${String(stale.length)} rates to compare with their source, as of ${today}`);
process.exitCode = stale.some(({ checkedOn }) => checkedOn !== null) ? 1 : 0;
