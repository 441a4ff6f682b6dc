/** Prices are made once and keep their terms: an amount never changes, only whether the price is in use and how it is found. */
import { BillingError } from './errors';
import { given } from './given';
import { mergeMetadata } from './metadata';
import { decimalOf } from './money';
import type { Plan } from './plan';
import type { Interval, Price, Recurring, TaxBehavior } from './price';
import type { Metadata } from './resource';

export interface PriceTerms {
  currency: string;
  unitAmount?: number | undefined;
  /** Minor units with up to 12 decimals. One of the two must be there. */
  unitAmountDecimal?: string | undefined;
  /** The trial is for subscriptions that ask for it (`trial_from_plan`). */
  recurring?: { interval: Interval; intervalCount: number; trialPeriodDays?: number | undefined } | undefined;
  taxBehavior?: TaxBehavior | undefined;
}

export interface NewPrice extends PriceTerms {
  product: string;
  active?: boolean | undefined;
  nickname?: string | null | undefined;
  lookupKey?: string | null | undefined;
  transferLookupKey?: boolean | undefined;
  metadata?: Metadata | null | undefined;
}

export interface PriceChange {
  active?: boolean | undefined;
  nickname?: string | null | undefined;
  lookupKey?: string | null | undefined;
  transferLookupKey?: boolean | undefined;
  taxBehavior?: TaxBehavior | undefined;
  metadata?: Metadata | null | undefined;
}

/** Three years, in each unit. */
const LONGEST: Record<Interval, number> = { day: 1095, week: 156, month: 36, year: 3 };

/** Puts a price of a product that is among the rows, and tells of it. */
export function createPrice(plan: Plan, terms: NewPrice): Price {
  requireProduct(plan, terms.product);
  if (terms.lookupKey) takeLookupKey(plan, terms.lookupKey, terms.transferLookupKey ?? false, null);
  const price = plan.put('price', {
    ...plan.resource('price'),
    product: terms.product,
    active: terms.active ?? true,
    type: terms.recurring ? 'recurring' : 'one_time',
    currency: terms.currency,
    billingScheme: 'per_unit',
    ...unitAmounts(terms),
    tiersMode: null,
    tiers: null,
    transformQuantity: null,
    customUnitAmount: null,
    currencyOptions: {},
    recurring: terms.recurring ? recurringOf(terms.recurring) : null,
    taxBehavior: terms.taxBehavior ?? 'unspecified',
    nickname: terms.nickname ?? null,
    lookupKey: terms.lookupKey ?? null,
    metadata: mergeMetadata({}, terms.metadata),
  });
  plan.emit('price.created', 'price', price.id);
  return price;
}

/** @throws parameter_invalid where the price is its product's default and would be archived, or its tax behavior is settled */
export function updatePrice(plan: Plan, id: string, { transferLookupKey = false, metadata, ...change }: PriceChange): void {
  const price = plan.rows.get('price', id);
  const next = { ...price, ...given(change) };
  if (!next.active) refuseDefault(plan, price);
  if (next.taxBehavior !== price.taxBehavior) refuseSettled(price);
  if (next.lookupKey !== null && next.lookupKey !== price.lookupKey) takeLookupKey(plan, next.lookupKey, transferLookupKey, id);
  plan.put('price', { ...next, metadata: mergeMetadata(price.metadata, metadata) });
  plan.emitUpdated('price.updated', 'price', id);
}

function refuseDefault(plan: Plan, price: Price): void {
  if (plan.rows.find('product', price.product)?.defaultPrice !== price.id) return;
  throw new BillingError('parameter_invalid', 'This price cannot be archived because it is the default price of its product.', {
    param: 'active',
  });
}

function refuseSettled({ taxBehavior }: Price): void {
  if (taxBehavior === 'unspecified') return;
  throw new BillingError('parameter_invalid', 'Once specified as either inclusive or exclusive, tax_behavior cannot be changed.', {
    param: 'tax_behavior',
  });
}

/** Exactly one of the two ways to say an amount; the other follows from it where it can. */
function unitAmounts({ unitAmount, unitAmountDecimal }: PriceTerms): { unitAmount: number | null; unitAmountDecimal: string } {
  if (unitAmount !== undefined && unitAmountDecimal !== undefined) {
    throw new BillingError('parameters_exclusive', 'You may only specify one of these parameters: unit_amount, unit_amount_decimal.', {
      param: 'unit_amount_decimal',
    });
  }
  if (unitAmount !== undefined) return { unitAmount, unitAmountDecimal: decimalOf(unitAmount) };
  if (unitAmountDecimal === undefined) {
    throw new BillingError(
      'parameter_missing',
      'Missing required param: unit_amount. A price needs `unit_amount` or `unit_amount_decimal`.',
      { param: 'unit_amount' },
    );
  }
  return { unitAmount: unitAmountDecimal.includes('.') ? null : Number(unitAmountDecimal), unitAmountDecimal };
}

function recurringOf({ interval, intervalCount, trialPeriodDays }: NonNullable<PriceTerms['recurring']>): Recurring {
  if (intervalCount > LONGEST[interval]) {
    throw new BillingError(
      'parameter_invalid',
      `Invalid interval_count: at most three years (${String(LONGEST[interval])} ${interval}s).`,
      {
        param: 'recurring[interval_count]',
      },
    );
  }
  const kind = { usage_type: 'licensed' as const, meter: null, dimension_filters: {} };
  return { interval, interval_count: intervalCount, ...kind, trial_period_days: trialPeriodDays ?? null };
}

function requireProduct(plan: Plan, id: string): void {
  const product = plan.rows.find('product', id);
  if (!product || product.deleted) throw new BillingError('resource_missing', `No such product: '${id}'`, { param: 'product' });
}

/** A lookup key names one price at a time; with `transfer` it moves over, and the price that had it is told. */
function takeLookupKey(plan: Plan, lookupKey: string, transfer: boolean, to: string | null): void {
  const holder = plan.rows.first('price', (price) => price.lookupKey === lookupKey && price.id !== to);
  if (!holder) return;
  if (!transfer) {
    throw new BillingError(
      'resource_already_exists',
      `A price (\`${holder.id}\`) already uses that lookup key. Set \`transfer_lookup_key\` to true to move it.`,
      { param: 'lookup_key' },
    );
  }
  plan.patch('price', holder.id, { lookupKey: null });
  plan.emitUpdated('price.updated', 'price', holder.id);
}
