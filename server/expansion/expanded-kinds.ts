/** The kinds of objects that can be expanded, each with the resource that one must be allowed to read. */
import type { Resource } from '../../domain/authorization/resources';
import type { WireKind } from '../../objects';

/** A discount is a part of what it is on. */
export const RESOURCES = {
  balanceTransaction: 'balance_transactions',
  card: 'customers',
  charge: 'charges',
  coupon: 'coupons',
  creditBalanceTransaction: 'billing.credit_balance_transactions',
  creditGrant: 'billing.credit_grants',
  creditNote: 'credit_notes',
  customer: 'customers',
  customerBalanceTransaction: 'customers',
  discount: null,
  dispute: 'disputes',
  entitlementFeature: 'entitlements',
  file: 'files',
  invoice: 'invoices',
  mandate: 'mandates',
  meter: 'billing.meters',
  paymentIntent: 'payment_intents',
  paymentLink: 'payment_links',
  paymentMethod: 'payment_methods',
  paymentRecord: 'payment_records',
  plan: 'plans',
  portalConfiguration: 'billing_portal',
  price: 'prices',
  product: 'products',
  promotionCode: 'promotion_codes',
  quote: 'quotes',
  refund: 'refunds',
  review: 'reviews',
  setupIntent: 'setup_intents',
  shippingRate: 'shipping_rates',
  subscription: 'subscriptions',
  subscriptionSchedule: 'subscription_schedules',
  taxId: 'tax_ids',
  taxRate: 'tax_rates',
  testClock: 'test_helpers',
} as const satisfies Partial<Record<WireKind, Resource | null>>;

export type ExpandedKind = keyof typeof RESOURCES;
