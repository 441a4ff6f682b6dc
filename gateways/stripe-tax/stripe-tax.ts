/** Stripe Tax as a tax provider: the Stripe account's own registrations, places and rates, United States localities included. */
import type Stripe from 'stripe';
import { DEADLINES } from '../../domain/core/deadlines';
import type { Address } from '../../domain/rows/resource';
import type { SoldLine, TaxedSale } from '../../domain/rows/tax-calculation';
import type { RemoteTaxed, RemoteTaxProvider } from '../tax-provider';
import { stripeClient } from '../stripe-client';
import { taxedLine, type StripeTaxLine } from './answers';
import { calling } from './failures';
import { recordReversal, recordSale, takeReversalBack } from './transactions';

export interface StripeTaxSettings {
  /** A secret or restricted key of the Stripe account, of the seller's mode. */
  key: string;
  /** Absent: https://api.stripe.com. */
  url?: string | undefined;
}

export function createStripeTax({ key, url }: StripeTaxSettings): RemoteTaxProvider {
  const stripe = stripeClient({ key, url, timeout: DEADLINES.taxProviderRequest });
  return {
    async calculate(sale) {
      const parts = await Promise.all(portions(sale.lines).map((lines) => calculatePortion(stripe, { ...sale, lines })));
      const taxed = parts.flatMap(({ lines }) => lines);
      const byLine = new Map(taxed.map(({ line }) => [line.line, line]));
      return {
        lines: sale.lines.flatMap(({ line }) => byLine.get(line) ?? []),
        rates: [...new Map(taxed.flatMap(({ rates }) => rates).map((rate) => [rate.id, rate])).values()],
        levels: Object.assign({}, ...taxed.map(({ levels }) => levels)) as RemoteTaxed['levels'],
        calculations: parts.flatMap(({ calculation, isSale }) => (isSale ? [calculation] : [])),
      };
    },
    record: (sale) => recordSale(stripe, sale),
    reverse: (credit) => recordReversal(stripe, credit),
    takeBack: (credit) => takeReversalBack(stripe, credit),
  };
}

/** Stripe calculates so many lines at once. Lines beyond are rounded apart. */
const LINES_AT_ONCE = 100;

/** What is given back is calculated apart, because a calculation with it could not be recorded as a sale. */
function portions(lines: readonly SoldLine[]): SoldLine[][] {
  return [lines.filter(({ amount }) => amount >= 0), lines.filter(({ amount }) => amount < 0)].flatMap((same) => {
    const count = Math.ceil(same.length / LINES_AT_ONCE);
    return Array.from({ length: count }, (_, index) => same.slice(index * LINES_AT_ONCE, (index + 1) * LINES_AT_ONCE));
  });
}

async function calculatePortion(stripe: Stripe, sale: TaxedSale) {
  const { id } = await calling(() => stripe.tax.calculations.create(parametersOf(sale)));
  if (id === null) throw new Error('Stripe Tax kept no calculation');
  const answered = new Map<string, StripeTaxLine>();
  const list = { limit: LINES_AT_ONCE, expand: ['data.tax_breakdown'] };
  const { data } = await calling(() => stripe.tax.calculations.listLineItems(id, list));
  for (const line of data) answered.set(line.reference, line);
  const lines = sale.lines.map((sold) => {
    const answer = answered.get(sold.line);
    if (!answer) throw new Error(`Stripe Tax did not calculate ${sold.line}`);
    return taxedLine(sale.owner, sold, answer);
  });
  return { lines, calculation: id, isSale: sale.lines.some(({ amount }) => amount > 0) };
}

function parametersOf({ currency, instant, buyer, lines }: TaxedSale): Stripe.Tax.CalculationCreateParams {
  return {
    currency,
    ...dateOf(instant),
    customer_details: {
      address: { ...omitNull(buyer.address ?? {}), country: buyer.address?.country ?? '' },
      address_source: buyer.isShipping ? 'shipping' : 'billing',
      tax_ids: buyer.taxIds.map(({ type, value }) => ({ type, value })),
      ...(buyer.taxExempt === 'none' ? {} : { taxability_override: OVERRIDES[buyer.taxExempt] }),
    },
    // Stripe calculates positive amounts only; the tax of a negative one is negated (answers.ts).
    line_items: lines.map(({ line, amount, taxCode, behavior }) => ({
      ...{ reference: line, amount: Math.abs(amount), tax_code: taxCode, tax_behavior: behavior },
    })),
  };
}

const OVERRIDES = { exempt: 'customer_exempt', reverse: 'reverse_charge' } as const;

const TAX_DATE_SECONDS = 31 * 86_400;

/** Stripe calculates for dates within 31 days. A test clock may be farther away: then today's rates apply. */
function dateOf(instant: number): { tax_date?: number } {
  const isNear = Math.abs(Date.now() / 1000 - instant) < TAX_DATE_SECONDS;
  return isNear ? { tax_date: instant } : {};
}

function omitNull(address: Partial<Address>): { [K in keyof Address]?: string } {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== null));
}
