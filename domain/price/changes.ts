/**
 * Prices keep their terms after creation. An amount never changes; callers can change whether the price is active, its name and look-up,
 * and add currencies.
 */
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { takeLookupKey } from './lookup-keys';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import type { Price, TaxBehavior } from '../rows/price';
import { amountColumns } from './amounts';
import { addedCurrencies } from './currencies';
import { announceChangedPrice, announceDeletedPrice, announceNewPrice } from './events';
import { recurringOf } from './recurring';
import type { AmountTerms, PriceTerms } from './terms';
import type { Metadata } from '../rows/resource';

export interface NewPrice extends PriceTerms {
  /** A plan's id, if the caller chooses it. */
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
  /** Added currencies; null: no currencies but its own. */
  currencyOptions?: Record<string, AmountTerms> | null | undefined;
  metadata?: Metadata | null | undefined;
}

/** Puts a price and emits its events. Its product, and the meter of a metered price, must be among the rows. */
export function createPrice(changes: ChangeSet, terms: NewPrice): Price {
  requireProduct(changes, terms.product);
  if (terms.lookupKey) takeLookupKey(changes, terms.lookupKey, terms.transferLookupKey ?? false, null);
  const recurring = terms.recurring ? recurringOf(changes, terms.recurring) : null;
  const resource = changes.resource('price');
  const price = changes.put('price', {
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
  announceNewPrice(changes, price);
  return price;
}

/** @throws BillingError parameter_invalid if the price is its product's default and would be archived, or if the changed term is fixed */
export function updatePrice(changes: ChangeSet, id: string, change: PriceChange): void {
  const { transferLookupKey = false, currencyOptions, metadata, ...rest } = change;
  const price = changes.rows.get('price', id);
  const next = { ...price, ...omitUndefined(rest) };
  if (!next.active) refuseDefault(changes, price);
  if (next.taxBehavior !== price.taxBehavior) refuseSettled(price);
  if (next.lookupKey !== null && next.lookupKey !== price.lookupKey) takeLookupKey(changes, next.lookupKey, transferLookupKey, id);
  changes.put('price', {
    ...next,
    currencyOptions: addedCurrencies(price, currencyOptions),
    metadata: mergeMetadata(price.metadata, metadata),
  });
  announceChangedPrice(changes, price);
}

/** Deletes a plan: no new subscription can use it, and existing subscriptions keep it. */
export function deletePrice(changes: ChangeSet, id: string): void {
  const price = changes.rows.get('price', id);
  refuseDefault(changes, price);
  changes.patch('price', id, { deleted: true, active: false, lookupKey: null });
  announceDeletedPrice(changes, price);
}

function refuseDefault(changes: ChangeSet, price: Price): void {
  if (changes.rows.find('product', price.product)?.defaultPrice !== price.id) return;
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

function requireProduct(changes: ChangeSet, id: string): void {
  const product = changes.rows.find('product', id);
  if (!product || product.deleted) throw new BillingError('resource_missing', `No such product: '${id}'`, { param: 'product' });
}
