import type { RowKind } from '../../../domain/rows';
import { discountReferences } from '../../../domain/discount-references';
import type { InvoiceItemParameters } from '../../../domain/invoice-items';
import type { Scope } from '../../dependencies';
import { array, boolean, currency, decimal, emptyable, id, integer, metadata, object, oneOf, text, timestamp } from '../../parameters';

const AMOUNT_MAX = 99_999_999_999;

/** What creating and changing an invoice item share. */
export const itemDetails = {
  amount: integer({ min: -AMOUNT_MAX, max: AMOUNT_MAX }).optional(),
  description: emptyable(text()).optional(),
  discountable: boolean().optional(),
  discounts: emptyable(
    array(object({ coupon: id().optional(), discount: id().optional(), promotion_code: id().optional() }), { max: 20 }),
  ).optional(),
  metadata: metadata().optional(),
  period: object({ end: timestamp(), start: timestamp() }).optional(),
  /** Below zero it credits. */
  price_data: object({
    currency: currency(),
    product: id(),
    tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']).optional(),
    unit_amount: integer({ min: -AMOUNT_MAX, max: AMOUNT_MAX }).optional(),
    unit_amount_decimal: decimal({ decimals: 12, min: -AMOUNT_MAX, max: AMOUNT_MAX }).optional(),
  }).optional(),
  pricing: object({ price: id().optional() }).optional(),
  quantity: integer({ min: 0 }).optional(),
  tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']).optional(),
  tax_rates: emptyable(array(id())).optional(),
  unit_amount_decimal: decimal({ decimals: 12, min: -AMOUNT_MAX, max: AMOUNT_MAX }).optional(),
};

export const UNSUPPORTED = ['customer_account', 'invoicing_rules', 'quantity_decimal', 'tax_code'];

/** The rows that the parameters name. */
export function namedIn(asked: InvoiceItemParameters, scope: Scope): Partial<Record<RowKind, string[]>> {
  return {
    price: asked.pricing?.price === undefined ? [] : [asked.pricing.price],
    product: asked.price_data === undefined ? [] : [asked.price_data.product],
    ...discountReferences(asked.discounts ?? [], scope),
    taxRate: asked.tax_rates ?? [],
  };
}
