/** How far a seller's sales are from the thresholds at which it must register: a pure function of the sales of each month. */
import { dayOf } from '../core/chart-of-accounts';
import { exponentOf } from '../money/currency';
import { sumOf } from '../money/money';
import type { Address } from '../rows/resource';
import type { Place } from '../rows/tax-calculation';
import type { TaxThresholdStanding } from '../rows/tax-threshold';
import type { ExchangeRate } from '../rows/exchange-rate';
import { converted, rateUpTo } from './exchange-rates';
import { areaOf, placeOf } from './places';
import { sellerAt, type Seller } from './registrations';
import { TAX_THRESHOLDS, type TaxThreshold, type ThresholdWindow } from './threshold-table';
import { dayIn } from './time-zones';

/** Sales of one month (`2026-03`, UTC) to one place, in one currency. Net of tax and of credit notes. */
export interface SalesOfMonth {
  address: Pick<Address, 'country' | 'state' | 'postal_code'>;
  currency: string;
  /** Whether the customers have tax ids. */
  isBusiness: boolean;
  month: string;
  /** Minor units. */
  amount: number;
  /** Number of invoices. */
  sales: number;
}

/** At so much of a threshold, in percent, the seller is warned. */
const APPROACHING_PERCENT = 80;

/**
 * Every area with sales that count now, and where the seller stands there. The area with the highest share comes first.
 *
 * @param of.rates the seller's exchange rates
 * @param of.instant epoch seconds
 */
export function standingsOf(seller: Seller, sales: readonly SalesOfMonth[], { rates, instant }: Now): TaxThresholdStanding[] {
  const placed = sales.flatMap((each) => {
    const place = placeOf(each.address);
    return place === null ? [] : [{ ...each, place }];
  });
  const month = new Date(instant * 1000).toISOString().slice(0, 7);
  const inForce = TAX_THRESHOLDS.filter((row) => isInForce(row, instant) && appliesTo(row, seller.home));
  const standings = inForce.map((row) => highest(row, { placed, month, seller: sellerAt(seller, instant), rates }));
  return standings.filter((each) => each !== null).sort((one, other) => other.percent - one.percent || (one.area < other.area ? -1 : 1));
}

interface Now {
  rates: readonly ExchangeRate[];
  instant: number;
}

interface Looked {
  placed: readonly (SalesOfMonth & { place: Place })[];
  month: string;
  seller: Seller;
  rates: readonly ExchangeRate[];
}

/** Days change at midnight in the area; the Union has no clock of its own, so its days are those of Brussels. */
function isInForce({ area, from, to }: TaxThreshold, instant: number): boolean {
  const day = dayIn(area === 'EU' ? 'BE' : area, instant);
  return (from === null || from <= day) && (to === null || day < to);
}

function appliesTo({ area, sellers }: TaxThreshold, home: Place): boolean {
  if (sellers === 'both') return true;
  const isEstablished = area === 'EU' ? home.isInUnion : areaOf(home) === area || home.id === area;
  return isEstablished === (sellers === 'established');
}

/** The standing in the period of the window with the highest share. Null if nothing was sold. */
function highest(row: TaxThreshold, looked: Looked): TaxThresholdStanding | null {
  const standings = periodsOf(row.window, looked.month).map((period) => standingIn(row, period, looked));
  const [first, ...others] = standings.filter((each) => each !== null);
  return first ? others.reduce((best, each) => (each.percent > best.percent ? each : best), first) : null;
}

function standingIn(row: TaxThreshold, period: Period, { placed, seller, rates }: Looked): TaxThresholdStanding | null {
  const counted = placed.filter(({ month, ...sale }) => period.from <= month && month < period.to && isCounted(row, sale, seller.home));
  if (counted.length === 0) return null;
  const { amount, ...foreign } = inCurrency(row.currency, counted, rates);
  const sales = sumOf(counted.map((each) => each.sales));
  const limit = Number(row.amount) * 10 ** exponentOf(row.currency);
  const percent = percentOf(row, { amount, sales, limit });
  return {
    ...{ area: row.area, currency: row.currency, limit, salesLimit: row.sales, combines: row.combines, window: row.window },
    ...{ counts: row.counts, periodStart: startOf(period.from), periodEnd: startOf(period.to), amount, sales, percent },
    status: isRegistered(row.area, seller) ? 'registered' : statusAt(percent),
    ...foreign,
    source: row.source,
  };
}

function isCounted({ area, counts }: TaxThreshold, { place, isBusiness }: Omit<Looked['placed'][number], 'month'>, home: Place): boolean {
  if (counts === 'worldwide') return true;
  if (counts === 'cross_border_consumers') return place.isInUnion && place.member !== home.member && !isBusiness;
  const isThere = area === 'EU' ? place.isInUnion : areaOf(place) === area || place.id === area;
  return isThere && (counts === 'all' || !isBusiness);
}

/** Rounded down, so that 100 means that the limit is reached. */
function percentOf(row: TaxThreshold, { amount, sales, limit }: { amount: number; sales: number; limit: number }): number {
  if (limit === 0) return sales > 0 ? 100 : 0;
  const byAmount = Math.max(0, Math.floor((amount * 100) / limit));
  if (row.sales === null) return byAmount;
  const bySales = Math.floor((sales * 100) / row.sales);
  return row.combines === 'or' ? Math.max(byAmount, bySales) : Math.min(byAmount, bySales);
}

function statusAt(percent: number): TaxThresholdStanding['status'] {
  if (percent >= 100) return 'crossed';
  return percent >= APPROACHING_PERCENT ? 'approaching' : 'below';
}

/**
 * What the sales come to in one currency. Those of a month are converted together, at the last rate that the seller has entered up to its end.
 */
function inCurrency(
  to: string,
  counted: readonly SalesOfMonth[],
  rates: readonly ExchangeRate[],
): Pick<TaxThresholdStanding, 'amount' | 'converted' | 'leftOut'> {
  const months = new Map<string, { currency: string; month: string; amount: number }>();
  for (const { currency, month, amount } of counted) {
    const key = `${currency} ${month}`;
    months.set(key, { currency, month, amount: (months.get(key)?.amount ?? 0) + amount });
  }
  const all = [...months.values()].map(({ currency, month, amount }) => {
    const rate = rateUpTo(rates, currency, to, lastDayOf(month));
    return { currency, amount, convertedAmount: rate === null ? null : converted(amount, currency, to, rate) };
  });
  const known = all.flatMap(({ convertedAmount, ...each }) => (convertedAmount === null ? [] : [{ ...each, convertedAmount }]));
  return {
    amount: sumOf(known.map(({ convertedAmount }) => convertedAmount)),
    converted: byCurrency(known.filter(({ currency }) => currency !== to)).map(([currency, each]) => ({
      ...{ currency, amount: sumOf(each.map(({ amount }) => amount)) },
      convertedAmount: sumOf(each.map(({ convertedAmount }) => convertedAmount)),
    })),
    leftOut: byCurrency(all.filter(({ convertedAmount }) => convertedAmount === null)).map(([currency, each]) => ({
      currency,
      amount: sumOf(each.map(({ amount }) => amount)),
    })),
  };
}

function byCurrency<T extends { currency: string }>(of: readonly T[]): [string, T[]][] {
  const currencies = [...new Set(of.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => [currency, of.filter((each) => each.currency === currency)]);
}

function isRegistered(area: string, { registrations }: Seller): boolean {
  const [country = '', part] = area.split('-');
  if (area === 'EU') return registrations.some(({ type }) => type === 'oss_union' || type === 'oss_non_union');
  const own = registrations.filter((each) => each.country === country);
  if (part !== undefined) return own.some(({ state }) => state === part);
  return own.some(({ type }) => type !== 'province_standard');
}

/** Months: the first, and the first after the last. */
interface Period {
  from: string;
  to: string;
}

function periodsOf(window: ThresholdWindow, month: string): Period[] {
  const year = Number(month.slice(0, 4));
  const number = Number(month.slice(5, 7));
  const years = (start: number, first: number): Period => ({ from: monthOf(start, first), to: monthOf(start + 1, first) });
  if (window === 'calendar_year') return [years(year, 1), years(year - 1, 1)];
  if (window === 'base_period') return [years(year - 2, 1)];
  if (window === 'rolling_12_months') return [years(year - 1, number + 1)];
  if (window === 'rolling_4_quarters') return [years(year - 1, Math.ceil(number / 3) * 3 + 1)];
  const start = number >= 10 ? year : year - 1;
  return [years(start, 10), years(start - 1, 10)];
}

/** `number` may be 13: the first month of the next year. */
function monthOf(year: number, number: number): string {
  return new Date(Date.UTC(year, number - 1)).toISOString().slice(0, 7);
}

/** How many months before `instant` the oldest window begins: two whole years and the running one. */
export const OLDEST_SALES_MONTHS = 36;

const startOf = (month: string): number => Date.parse(`${month}-01T00:00:00Z`) / 1000;

/** `2026-02` ends on `2026-02-28`. */
const lastDayOf = (month: string): string => dayOf(startOf(nextMonth(month)) - 1);

const nextMonth = (month: string): string => monthOf(Number(month.slice(0, 4)), Number(month.slice(5, 7)) + 1);
