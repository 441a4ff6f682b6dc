/** The ways in which a property of an object can be expanded. */
import type { ExpandedKind } from './expanded-kinds';

/** Properties that the API shows only when expanded. */
export type IncludedName =
  | 'billing_portal.configuration.products'
  | 'charge.outcome.rule'
  | 'charge.refunds'
  | 'checkout.session.line_items'
  | 'payment_link.line_items'
  | 'coupon.applies_to'
  | 'coupon.currency_options'
  | 'customer.cash_balance'
  | 'customer.invoice_credit_balance'
  | 'customer.sources'
  | 'customer.subscriptions'
  | 'customer.tax'
  | 'customer.tax_ids'
  | 'invoice.confirmation_secret'
  | 'invoice.payments'
  | 'plan.tiers'
  | 'price.currency_options'
  | 'price.tiers'
  | 'promotion_code.currency_options'
  | 'quote.computed.recurring.total_details.breakdown'
  | 'quote.computed.upfront.line_items'
  | 'quote.computed.upfront.total_details.breakdown'
  | 'quote.line_items'
  | 'quote.total_details.breakdown'
  | 'setup_intent.latest_attempt'
  | 'shipping_rate.currency_options'
  | 'tax.calculation.line_items'
  | 'tax.transaction.line_items';

export type CouponHolder = 'discount' | 'promotionCode';

export type Expandable =
  /** An id, or an array of ids, of one of these kinds. */
  | { is: 'reference'; kinds: readonly ExpandedKind[] }
  /** The id of the coupon that this discount or promotion code is of. A later coupon may have the same id, so the holder says which is meant. */
  | { is: 'reference'; kinds: readonly ['coupon']; of: CouponHolder }
  /** An object (or several) that is always shown in full, and may have expandable properties. */
  | { is: 'inside'; types: readonly string[]; list: boolean }
  /** Absent until expanded. */
  | { is: 'included'; name: IncludedName; types: readonly string[]; list: boolean }
  /** Expandable at Stripe, and always null here. */
  | { is: 'nothing' };

export const nothing: Expandable = { is: 'nothing' };
export const reference = (...kinds: ExpandedKind[]): Expandable => ({ is: 'reference', kinds });
export const couponOf = (of: CouponHolder): Expandable => ({ is: 'reference', kinds: ['coupon'], of });
export const inside = (type: string): Expandable => ({ is: 'inside', types: [type], list: false });
export const listOf = (type: string): Expandable => ({ is: 'inside', types: [type], list: true });
export const included = (name: IncludedName, ...types: string[]): Expandable => ({ is: 'included', name, types, list: false });
export const includedList = (name: IncludedName, ...types: string[]): Expandable => ({ is: 'included', name, types, list: true });
