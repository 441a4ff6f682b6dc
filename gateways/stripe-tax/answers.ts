/** From Stripe Tax's answer to the taxes and rates of an invoice line. */
import type Stripe from 'stripe';
import { hashOf } from '../../domain/line/tax-input';
import { basisOf } from '../../domain/line/taxes';
import type { TaxAmount } from '../../domain/rows/invoice';
import type { AppliedRate, JurisdictionLevel, SoldLine, TaxedLine } from '../../domain/rows/tax-calculation';

export type StripeTaxLine = Stripe.Tax.CalculationLineItem;
type Breakdown = Stripe.Tax.CalculationLineItem.TaxBreakdown;

/** The taxes of a line, the rates that they name, and whose rates these are. */
export interface TaxedSoldLine {
  line: TaxedLine;
  rates: AppliedRate[];
  levels: Record<string, JurisdictionLevel>;
}

/**
 * One tax for each entry of the breakdown.
 *
 * @throws Error if the entries do not sum to the tax of the line
 */
export function taxedLine(owner: string, sold: SoldLine, answer: StripeTaxLine): TaxedSoldLine {
  const breakdown = answer.tax_breakdown ?? [];
  const sum = breakdown.reduce((total, { amount }) => total + amount, 0);
  if (sum !== answer.amount_tax) throw new Error(`Stripe Tax's breakdown of ${sold.line} does not sum to its tax`);
  const sign = sold.amount < 0 ? -1 : 1;
  const net = Math.abs(sold.amount) - (sold.behavior === 'inclusive' ? sum : 0);
  const rated = breakdown.map((tax) => ({ tax, rate: rateOf(owner, sold, { tax, net }) }));
  return {
    line: { line: sold.line, taxes: rated.map(({ tax, rate }) => amountOf(sold, tax, { rate: rate.id, sign })) },
    rates: rated.map(({ rate }) => rate),
    levels: Object.fromEntries(rated.map(({ rate, tax }) => [rate.id, levelOf(tax)])),
  };
}

function amountOf(sold: SoldLine, tax: Breakdown, { rate, sign }: { rate: string; sign: 1 | -1 }): TaxAmount {
  return {
    amount: signed(tax.amount, sign),
    tax_behavior: sold.behavior,
    tax_rate: rate,
    taxability_reason: tax.taxability_reason,
    taxable_amount: signed(tax.taxable_amount, sign),
  };
}

const LEVELS: readonly string[] = ['city', 'country', 'county', 'district', 'state'] satisfies JurisdictionLevel[];

/** A level that Stripe adds later is shown as that of the country. */
const levelOf = ({ jurisdiction: { level } }: Breakdown): JurisdictionLevel =>
  LEVELS.includes(level) ? (level as JurisdictionLevel) : 'country';

/** Without a negative zero. */
const signed = (amount: number, sign: 1 | -1): number => (amount === 0 ? 0 : amount * sign);

/** One rate for each jurisdiction, tax, percentage, basis and behavior: the same tax names the same rate on every invoice of the account. */
function rateOf(owner: string, { behavior }: SoldLine, { tax, net }: { tax: Breakdown; net: number }): AppliedRate {
  const { jurisdiction, tax_rate_details: details } = tax;
  const { country, state, level, display_name: place } = jurisdiction;
  const percentage = shortest(details?.percentage_decimal ?? '0');
  const basis = percentage === '0' ? '100' : basisOf(tax.taxable_amount, net);
  const taxType = details?.tax_type ?? null;
  const inclusive = behavior === 'inclusive';
  const key = JSON.stringify([owner, 'stripe', country, state, level, place, taxType, percentage, basis, inclusive]);
  return {
    id: `txr_${hashOf(key)}${hashOf(`again ${key}`).slice(0, 8)}`,
    ...{ displayName: details?.display_name ?? 'Tax', percentage, basis, inclusive, country, state, jurisdiction: place, taxType },
  };
}

/** A percentage without zeros at its end: `20.0` is `20`. */
const shortest = (decimal: string): string => (decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal);
