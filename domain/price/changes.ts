/**
 * Prices are made once and keep their terms: an amount never changes, only whether the price is in use, how it is found, and in
 * which further currencies it is offered.
 */
import { BillingError } from '../core/errors';
import { given } from '../core/omit-undefined';
import { takeLookupKey } from './lookup-keys';
import { mergeMetadata } from '../core/metadata';
import type { Plan } from '../core/change-set';
import type { Price, TaxBehavior } from '../rows/price';
import { amountColumns } from './amounts';
import { addedCurrencies } from './currencies';
import { tellOfChangedPrice, tellOfDeletedPrice, tellOfNewPrice } from './events';
import { recurringOf } from './recurring';
import type { AmountTerms, PriceTerms } from './terms';
import type { Metadata } from '../rows/resource';

export interface NewPrice extends PriceTerms {
  /** The caller's own, of a plan. */
  id?: string | undefined;
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
  /** Currencies that are added; null: none but its own. */
  currencyOptions?: Record<string, AmountTerms> | null | undefined;
  metadata?: Metadata | null | undefined;
}

/** Puts a price of a product that is among the rows (and its meter, where it has one), and tells of it. */
export function createPrice(plan: Plan, terms: NewPrice): Price {
  requireProduct(plan, terms.product);
  if (terms.lookupKey) takeLookupKey(plan, terms.lookupKey, terms.transferLookupKey ?? false, null);
  const recurring = terms.recurring ? recurringOf(plan, terms.recurring) : null;
  const resource = plan.resource('price');
  const price = plan.put('price', {
    ...resource,
    id: terms.id ?? resource.id,
    deleted: false,
    product: terms.product,
    active: terms.active ?? true,
    type: recurring ? 'recurring' : 'one_time',
    currency: terms.currency,
    ...amountColumns(terms),
    recurring,
    nickname: terms.nickname ?? null,
    lookupKey: terms.lookupKey ?? null,
    metadata: mergeMetadata({}, terms.metadata),
  });
  tellOfNewPrice(plan, price);
  return price;
}

/** @throws parameter_invalid where the price is its product's default and would be archived, or what would change is settled */
export function updatePrice(plan: Plan, id: string, change: PriceChange): void {
  const { transferLookupKey = false, currencyOptions, metadata, ...rest } = change;
  const price = plan.rows.get('price', id);
  const next = { ...price, ...given(rest) };
  if (!next.active) refuseDefault(plan, price);
  if (next.taxBehavior !== price.taxBehavior) refuseSettled(price);
  if (next.lookupKey !== null && next.lookupKey !== price.lookupKey) takeLookupKey(plan, next.lookupKey, transferLookupKey, id);
  plan.put('price', {
    ...next,
    currencyOptions: addedCurrencies(price, currencyOptions),
    metadata: mergeMetadata(price.metadata, metadata),
  });
  tellOfChangedPrice(plan, price);
}

/** As a plan can be: nobody can subscribe to it any more, and who has it keeps it. */
export function deletePrice(plan: Plan, id: string): void {
  const price = plan.rows.get('price', id);
  refuseDefault(plan, price);
  plan.patch('price', id, { deleted: true, active: false, lookupKey: null });
  tellOfDeletedPrice(plan, price);
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

function requireProduct(plan: Plan, id: string): void {
  const product = plan.rows.find('product', id);
  if (!product || product.deleted) throw new BillingError('resource_missing', `No such product: '${id}'`, { param: 'product' });
}
