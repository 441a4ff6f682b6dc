/**
 * Checks the rows that a request references before the call to a workflow, so that a bad request starts none. All are loaded at once, and
 * the error names the first wrong parameter. The planner checks again, under the customer's lock.
 */
import { loadReferenced } from '../../db/facts';
import { rowsFromJson } from '../../db/json-rows';
import { couponKeys } from '../../db/coupons';
import { refuseArchived } from '../../domain/invoice-rules/wording';
import { BillingError } from '../../domain/core/errors';
import { Rows, type RowKind, type RowTypes } from '../../domain/rows/rows';
import type { DiscountParameters } from '../../domain/rows/subscription-parameters';
import { missing, type ApiRequest } from '../http/request';

/** A row that a parameter references; `check` throws if it exists but cannot be used. */
export type Reference = { [K in RowKind]: ReferenceTo<K> }[RowKind];
export interface ReferenceTo<K extends RowKind> {
  kind: K;
  id: string;
  param: string;
  check?: (row: RowTypes[K]) => void;
}

/**
 * The referenced rows.
 *
 * @throws BillingError resource_missing (400, naming the parameter), and as the checks do
 */
export async function checkReferences<P>(request: ApiRequest<P>, references: readonly Reference[]): Promise<Rows> {
  if (references.length === 0) return new Rows();
  const { deps, scope } = request;
  const coupons = await couponKeys(
    deps.sql,
    scope,
    references.flatMap(({ kind, id }) => (kind === 'coupon' ? [id] : [])),
  );
  const keyed = references.map((reference) => ({
    ...reference,
    key: reference.kind === 'coupon' ? (coupons.get(reference.id) ?? '') : reference.id,
  }));
  const wanted: Partial<Record<RowKind, string[]>> = {};
  for (const { kind, key } of keyed) wanted[kind] = [...(wanted[kind] ?? []), key];
  const rows = rowsFromJson(await loadReferenced(deps.sql, scope, wanted));
  request.found.putAll(rows);
  for (const { kind, key, id, param, check } of keyed) {
    const row = rows.find(kind, key);
    if (!row || ('deleted' in row && row.deleted)) return missing(kind, id, param);
    (check as ((found: typeof row) => void) | undefined)?.(row);
  }
  return rows;
}

/** A recurring price. */
export const recurringPrice = (id: string, param: string): ReferenceTo<'price'> => ({
  kind: 'price',
  id,
  param,
  check: usable('recurring', param),
});

/** A one-time price. */
export const oneTimePrice = (id: string, param: string): ReferenceTo<'price'> => ({
  kind: 'price',
  id,
  param,
  check: usable('one_time', param),
});

/** What decides which prices are shown. */
export function experimentNamed(id: string | null | undefined): Reference[] {
  return id === undefined || id === null ? [] : [{ kind: 'experiment', id, param: 'experiment' }];
}

export const customerNamed = (id: string): Reference => ({ kind: 'customer', id, param: 'customer' });

/** Stripe's error names the customer's lack of it, not the payment method. */
export function paymentMethodOf(customer: string, id: string, param: string): ReferenceTo<'paymentMethod'> {
  return {
    kind: 'paymentMethod',
    id,
    param,
    check: (method) => {
      if (method.customer === customer) return;
      const message = `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`;
      throw new BillingError('resource_missing', message, { param });
    },
  };
}

export function taxRates(ids: readonly string[] | null | undefined, param: string): Reference[] {
  return (ids ?? []).map((id, index) => ({ kind: 'taxRate', id, param: `${param}[${String(index)}]` }));
}

/** The account's own tax ids; a customer's is not found. */
export function accountTaxIds(ids: readonly string[] | null | undefined, param: string): Reference[] {
  return (ids ?? []).map((id, index) => {
    const place = `${param}[${String(index)}]`;
    return { kind: 'taxId', id, param: place, check: ({ customer }) => (customer === null ? undefined : missing('taxId', id, place)) };
  });
}

export const shippingRate = (id: string | undefined, param: string): Reference[] =>
  id === undefined ? [] : [{ kind: 'shippingRate', id, param }];

/** A template that an invoice may get. */
export function template(id: string | null | undefined, param: string): Reference[] {
  if (!id) return [];
  return [
    {
      kind: 'invoiceRenderingTemplate',
      id,
      param,
      check: (row) => {
        refuseArchived(row, param);
      },
    },
  ];
}

export function discounts(list: readonly DiscountParameters[] | null | undefined, param: string): Reference[] {
  return (list ?? []).flatMap(({ coupon, discount, promotion_code: code }, index): Reference[] => [
    ...(coupon === undefined ? [] : [{ kind: 'coupon' as const, id: coupon, param: `${param}[${String(index)}][coupon]` }]),
    ...(code === undefined ? [] : [{ kind: 'promotionCode' as const, id: code, param: `${param}[${String(index)}][promotion_code]` }]),
    ...(discount === undefined ? [] : [{ kind: 'discount' as const, id: discount, param: `${param}[${String(index)}][discount]` }]),
  ]);
}

function usable(type: 'recurring' | 'one_time', param: string): (price: RowTypes['price']) => void {
  return (price) => {
    if (!price.active) {
      throw new BillingError('parameter_invalid', `The price specified is inactive. This field only accepts active prices.`, { param });
    }
    if (price.type === type) return;
    const message = `The price specified is set to \`type=${price.type}\` but this field only accepts prices with \`type=${type}\`.`;
    throw new BillingError('parameter_invalid', message, { param });
  };
}
