/**
 * The tax of an invoice in the currency of the country that it is owed to. Where the invoice is in another currency, these laws want the total
 * tax in their own, converted at a rate of the tax point.
 */
import type { RateQuestion, SourcedRate } from '../rows/exchange-rate';
import type { NationalTax } from '../rows/invoice';
import { converted, daysLater, latestRate } from './exchange-rates';
import { MEMBER_STATES } from './places';
import { dayIn } from './time-zones';

interface Currency {
  currency: string;
  /** The first day of a later currency, and that currency. */
  then?: { from: string; currency: string };
}

/** Without a row here, a member state has the euro. VAT directive, art. 230 and 91. */
const MEMBER_CURRENCIES: Record<string, Currency> = {
  BG: { currency: 'bgn', then: { from: '2026-01-01', currency: 'eur' } },
  CZ: { currency: 'czk' },
  DK: { currency: 'dkk' },
  HR: { currency: 'hrk', then: { from: '2023-01-01', currency: 'eur' } },
  HU: { currency: 'huf' },
  PL: { currency: 'pln' },
  RO: { currency: 'ron' },
  SE: { currency: 'sek' },
};

const OTHER_CURRENCIES: Record<string, Currency> = {
  /** A New Tax System (Goods and Services Tax) Act 1999, s. 9-85 */
  AU: { currency: 'aud' },
  /** MWSTV, art. 45 */
  CH: { currency: 'chf' },
  /** VAT Regulations 1995, reg. 14; VAT Act 1994, sched. 6 para. 11 */
  GB: { currency: 'gbp' },
  IM: { currency: 'gbp' },
  /** MWSTG (LI), by the customs treaty with Switzerland */
  LI: { currency: 'chf' },
  MC: { currency: 'eur' },
  /** Bokføringsforskriften, § 5-1-1 */
  NO: { currency: 'nok' },
  /** GST (General) Regulations, reg. 11; GST Act, third schedule */
  SG: { currency: 'sgd' },
};

/** Some tax offices publish monthly rates, so a rate counts for a month. */
const DAYS_OF_A_RATE = 31;

/** The currency in which a country wants the tax on a day; null if it is not among those that this table has. */
export function nationalCurrencyOf(country: string, day: string): string | null {
  const own = MEMBER_CURRENCIES[country] ?? OTHER_CURRENCIES[country];
  if (!own) return MEMBER_STATES.includes(country) ? 'eur' : null;
  return own.then && day >= own.then.from ? own.then.currency : own.currency;
}

interface Taxed {
  currency: string;
  /** What is charged: the amount in minor units, and the country of the rate. Null: the rate names no country. */
  taxes: readonly { amount: number; country: string | null }[];
  /** Epoch seconds. */
  at: number;
}

/**
 * The rate that an invoice needs. Null if it charges no tax, if its currency is that of the country, if the law of the country is not in the
 * table, or if it charges the taxes of two currencies: one sum in one of them would be wrong.
 */
export function rateNeeded({ currency, taxes, at }: Taxed): RateQuestion | null {
  const needed = new Map<string | null, string>();
  for (const { amount, country } of taxes) {
    if (amount === 0) continue;
    const day = country === null ? '' : dayIn(country, at);
    needed.set(country === null ? null : nationalCurrencyOf(country, day), day);
  }
  const [only, another] = needed;
  if (!only || another) return null;
  const [to, day] = only;
  return to === null || to === currency ? null : { from: currency, to, since: daysLater(day, -DAYS_OF_A_RATE), day };
}

/** The total tax at the latest rate that counts. Without one the amount is null: no rate is guessed. */
export function nationalTaxOf(total: number, question: RateQuestion, rates: readonly SourcedRate[]): NationalTax {
  const { from, to } = question;
  const latest = latestRate(rates, question);
  if (!latest) return { currency: to, amount: null, exchangeRate: null };
  const { rate, day, source } = latest;
  return { currency: to, amount: converted(total, from, to, rate), exchangeRate: { rate, day, source } };
}

/**
 * The tax of a credit note at the rate of its invoice. It is what all credited tax comes to, less what earlier notes say, so that the notes of
 * a whole invoice sum to what the invoice says.
 *
 * @param tax of this note
 * @param before of the earlier notes in force
 */
export function creditedNationalTax(
  invoice: { currency: string; nationalTax: NationalTax | null },
  tax: number,
  before: number,
): NationalTax | null {
  const { currency, nationalTax } = invoice;
  if (!nationalTax?.exchangeRate || tax === 0) return null;
  const { currency: to, exchangeRate } = nationalTax;
  const inNational = (amount: number): number => converted(amount, currency, to, exchangeRate.rate);
  return { currency: to, amount: inNational(before + tax) - inNational(before), exchangeRate };
}
