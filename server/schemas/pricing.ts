/** The prices in subscription requests: existing prices are looked up, inline prices are created. */
import { restateRequest } from '../../db/step-requests';
import { BillingError } from '../../domain/core/errors';
import type { DiscountParameters } from '../../domain/rows/subscription-parameters';
import { atLeastOne, onlyOne } from '../http/exclusive';
import { checkPriced, namePrices, productOf, type Priced } from '../writes/inline-prices';
import * as references from '../writes/references';
import type { Reference } from '../writes/references';
import type { ApiRequest } from '../http/request';

export interface Item extends Priced {
  id?: string | undefined;
  deleted?: boolean | undefined;
  tax_rates?: string[] | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
}

interface Extra extends Priced {
  tax_rates?: string[] | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
}

export interface PricedParameters {
  items?: Item[] | undefined;
  add_invoice_items?: Extra[] | undefined;
}

/** Checks before any look-up that each item has exactly one price. */
export function checkItems({ items = [], add_invoice_items: extras = [] }: PricedParameters): void {
  items.forEach((item, index) => {
    checkPriced(item, `items[${String(index)}]`);
    checkDiscounts(item.discounts, `items[${String(index)}][discounts]`);
    if (item.id === undefined) atLeastOne(item, ['price', 'price_data'], `items[${String(index)}]`);
  });
  extras.forEach((extra, index) => {
    checkPriced(extra, `add_invoice_items[${String(index)}]`);
    atLeastOne(extra, ['price', 'price_data'], `add_invoice_items[${String(index)}]`);
    checkDiscounts(extra.discounts, `add_invoice_items[${String(index)}][discounts]`);
  });
}

export function referencesOfItems({ items = [], add_invoice_items: extras = [] }: PricedParameters): Reference[] {
  return [
    ...items.flatMap((item, index) => referencesOfItem(item, `items[${String(index)}]`)),
    ...extras.flatMap((extra, index) => referencesOfExtra(extra, `add_invoice_items[${String(index)}]`)),
  ];
}

/** `param` is the item's own path; empty if the item is the request itself. */
export function referencesOfItem(item: Item, param: string): Reference[] {
  const name = (field: string): string => (param === '' ? field : `${param}[${field}]`);
  const { price, tax_rates: rates } = item;
  return [
    ...(item.id === undefined ? [] : [{ kind: 'subscriptionItem' as const, id: item.id, param: name('id') }]),
    ...(price === undefined ? [] : [references.recurringPrice(price, name('price'))]),
    ...productOf(item, param),
    ...references.taxRates(rates, name('tax_rates')),
    ...references.discounts(item.discounts, name('discounts')),
  ];
}

export function referencesOfExtra(extra: Extra, param: string): Reference[] {
  const { price, tax_rates: rates } = extra;
  return [
    ...(price === undefined ? [] : [references.oneTimePrice(price, `${param}[price]`)]),
    ...productOf(extra, param),
    ...references.taxRates(rates, `${param}[tax_rates]`),
    ...references.discounts(extra.discounts, `${param}[discounts]`),
  ];
}

/** Creates the inline prices, and stores their ids in the parameters that the workflow reads. */
export async function nameItemPrices<P extends PricedParameters>(request: ApiRequest<P>, customer: string): Promise<void> {
  const { parameters } = request;
  const { items = [], add_invoice_items: extras = [] } = parameters;
  const all = [...items, ...extras];
  if (!all.some((each) => each.price_data)) return;
  const places = [
    ...items.map((_, index) => `items[${String(index)}]`),
    ...extras.map((_, index) => `add_invoice_items[${String(index)}]`),
  ];
  const named = await namePrices(request, customer, all, places);
  const restated = {
    ...parameters,
    ...(parameters.items ? { items: named.slice(0, items.length) } : {}),
    ...(parameters.add_invoice_items ? { add_invoice_items: named.slice(items.length) } : {}),
    path: request.path,
  };
  await restateRequest(request.deps.sql, request.id, restated);
}

interface Settings {
  invoice_settings?: { account_tax_ids?: string[] | null | undefined } | undefined;
  default_payment_method?: string | null | undefined;
  default_tax_rates?: string[] | null | undefined;
  discounts?: DiscountParameters[] | null | undefined;
}

export function referencesOfSettings(customer: string, settings: Settings): Reference[] {
  const { default_payment_method: method, default_tax_rates: rates, discounts, invoice_settings: invoice } = settings;
  return [
    ...references.accountTaxIds(invoice?.account_tax_ids, 'invoice_settings[account_tax_ids]'),
    ...(method ? [references.paymentMethodOf(customer, method, 'default_payment_method')] : []),
    ...references.taxRates(rates, 'default_tax_rates'),
    ...references.discounts(discounts, 'discounts'),
  ];
}

/** A change that waits for its payment stores prices and quantities, but no discounts of items. */
export function refuseWaitingDiscounts(items: readonly Item[], behavior: string | undefined, place: (index: number) => string): void {
  if (behavior !== 'pending_if_incomplete' && behavior !== 'error_if_incomplete') return;
  const index = items.findIndex((item) => item.discounts !== undefined);
  if (index < 0) return;
  const message = `Discounts of items cannot be changed with payment_behavior=${behavior}: change them by themselves.`;
  throw new BillingError('parameter_unsupported', message, { param: place(index) });
}

/** Each entry names a coupon, a promotion code, or an existing discount. */
export function checkDiscounts(discounts: DiscountParameters[] | null | undefined, param: string): void {
  (discounts ?? []).forEach((discount, index) => {
    onlyOne(discount, ['coupon', 'discount', 'promotion_code'], `${param}[${String(index)}]`);
  });
}
