import type { RowKind } from '../../../domain/rows/rows';
import { discountReferences } from '../../../domain/discount/references';
import type { InvoiceItemParameters } from '../../../domain/invoice/items';
import {
  array,
  boolean,
  currency,
  emptyable,
  id,
  metadata,
  name,
  object,
  oneOf,
  quantity,
  signedAmount,
  signedAmountDecimal,
  text,
  timestamp,
} from '../../http/parameters';
import { LIMITS } from '../../../domain/core/limits';

/** Shared by creation and update. */
export const itemDetails = {
  amount: signedAmount().optional(),
  description: emptyable(text()).optional(),
  discountable: boolean().optional(),
  discounts: emptyable(
    array(object({ coupon: id().optional(), discount: id().optional(), promotion_code: id().optional() }), { max: LIMITS.discounts.max }),
  ).optional(),
  metadata: metadata().optional(),
  period: object({ end: timestamp(), start: timestamp() }).optional(),
  /** A negative amount is a credit. */
  price_data: object({
    currency: currency(),
    product: id(),
    tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']).optional(),
    unit_amount: signedAmount().optional(),
    unit_amount_decimal: signedAmountDecimal().optional(),
  }).optional(),
  pricing: object({ price: id().optional() }).optional(),
  quantity: quantity().optional(),
  tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']).optional(),
  tax_code: emptyable(name({ max: 30 })).optional(),
  tax_rates: emptyable(array(id(), { max: LIMITS.taxRates.max })).optional(),
  unit_amount_decimal: signedAmountDecimal().optional(),
};

export const UNSUPPORTED = ['customer_account', 'invoicing_rules', 'quantity_decimal'];

/** The rows that the parameters reference. */
export function namedIn(params: InvoiceItemParameters): Partial<Record<RowKind, string[]>> {
  return {
    price: params.pricing?.price === undefined ? [] : [params.pricing.price],
    product: params.price_data === undefined ? [] : [params.price_data.product],
    ...discountReferences(params.discounts ?? []),
    taxRate: params.tax_rates ?? [],
  };
}
