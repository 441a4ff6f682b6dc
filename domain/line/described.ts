/**
 * What the description of a line says, read from its text. A line keeps the text alone, because a caller may write another one; so a text is
 * Dunlin's own if it is what `domain/line/description.ts` writes. Documents and pages then say the same in the customer's language.
 */
import BigNumber from 'bignumber.js';
import type { BillingInterval } from '../money/billing-period';
import { exponentOf, formatUnitAmount } from '../money/currency';
import { decimalText } from '../money/money';
import { BOUND_DESCRIPTIONS, MONTHS } from './description';

export type Described =
  | { says: 'period'; quantity: string; product: string; rate: DescribedRate; interval: BillingInterval | null }
  /** `product` has its quantity before it, unless that is one. */
  | { says: 'unused' | 'remaining'; product: string; after: number }
  | { says: 'trial'; product: string }
  | { says: 'minimum_commitment' | 'maximum_spend' };

export type DescribedRate =
  | { by: 'graduated' | 'volume' }
  /** The tier that contains the whole quantity, and the number of units in a package; null without. */
  | { by: 'amount'; unitAmountDecimal: string; tier: number | null; units: number | null };

const PERIOD =
  /^(?<quantity>\d+(?:\.\d+)?) × (?<product>.+) \((?<rate>[^()]+?)(?: each| \/ (?:every (?<count>\d+) )?(?<interval>day|week|month|year)s?)\)$/su;
const AMOUNT = /^(?:Tier (?<tier>\d+) )?at (?<amount>.+?)(?: per (?<units>\d+) units)?$/u;
const PART = /^(?<part>Unused|Remaining) time on (?<product>.+) after (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4})$/su;
const TRIAL = /^Trial period for (?<product>.+)$/su;

/**
 * What the description says; null if it is not Dunlin's own.
 *
 * @param currency of the line: an amount in another one is a caller's words
 */
export function readDescription(text: string, currency: string): Described | null {
  return periodIn(text, currency) ?? partIn(text) ?? trialIn(text) ?? boundIn(text);
}

function periodIn(text: string, currency: string): Described | null {
  const { quantity = '', product = '', rate = '', count = '1', interval } = PERIOD.exec(text)?.groups ?? {};
  const read = rateIn(rate, currency);
  if (read === null) return null;
  const every = interval === undefined ? null : { interval: interval as BillingInterval['interval'], interval_count: Number(count) };
  return { says: 'period', quantity, product, rate: read, interval: every };
}

function rateIn(text: string, currency: string): DescribedRate | null {
  if (text === 'graduated' || text === 'volume') return { by: text };
  const { amount, tier, units } = AMOUNT.exec(text)?.groups ?? {};
  const unitAmountDecimal = amount === undefined ? null : minorUnitsIn(amount, currency);
  if (unitAmountDecimal === null) return null;
  return {
    by: 'amount',
    unitAmountDecimal,
    tier: tier === undefined ? null : Number(tier),
    units: units === undefined ? null : Number(units),
  };
}

/** `$0.005` is '0.5'. */
function minorUnitsIn(text: string, currency: string): string | null {
  const value = new BigNumber(text.replace(/[^\d.-]/gu, '')).shiftedBy(exponentOf(currency));
  if (value.isNaN()) return null;
  const decimal = decimalText(value);
  return formatUnitAmount(decimal, currency) === text ? decimal : null;
}

function partIn(text: string): Described | null {
  const { part, product = '', day, month = '', year } = PART.exec(text)?.groups ?? {};
  if (part === undefined || !MONTHS.includes(month)) return null;
  const after = Date.UTC(Number(year), MONTHS.indexOf(month), Number(day)) / 1000;
  return { says: part === 'Unused' ? 'unused' : 'remaining', product, after };
}

function trialIn(text: string): Described | null {
  const product = TRIAL.exec(text)?.groups?.['product'];
  return product === undefined ? null : { says: 'trial', product };
}

function boundIn(text: string): Described | null {
  const bounds = ['minimum_commitment', 'maximum_spend'] as const;
  const says = bounds.find((bound) => BOUND_DESCRIPTIONS[bound] === text);
  return says === undefined ? null : { says };
}
