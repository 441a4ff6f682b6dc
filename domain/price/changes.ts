/**
 * Prices are made once and keep their terms: an amount never changes, only whether the price is in use, how it is found, and in
 * which further currencies it is offered.
 */
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { takeLookupKey } from './lookup-keys';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
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
  tellOfNewPrice(changes, price);
  return price;
}

/** @throws parameter_invalid where the price is its product's default and would be archived, or what would change is settled */
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
  tellOfChangedPrice(changes, price);
}

/** As a plan can be: nobody can subscribe to it any more, and who has it keeps it. */
export function deletePrice(changes: ChangeSet, id: string): void {
  const price = changes.rows.get('price', id);
  refuseDefault(changes, price);
  changes.patch('price', id, { deleted: true, active: false, lookupKey: null });
  tellOfDeletedPrice(changes, price);
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
