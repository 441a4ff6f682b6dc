/** What a caller must be allowed to read to have it expanded: an expanded object is read, as by its own path. */
import { may, scopeOf, type Need, type Permissions } from '../../domain/authorization/permissions';
import type { Resource } from '../../domain/authorization/resources';
import type { WireKind } from '../../objects';
import { HttpError } from '../http/errors';
import type { Expandable, IncludedName } from './expansion-kinds';

/** The resource of each kind that can be expanded. A discount is a part of what it is on. */
const RESOURCES = {
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

/** Included properties that another resource has. All others have their path under the object itself. */
const INCLUDED: Partial<Record<IncludedName, Resource>> = {
  'charge.outcome.rule': 'radar',
  'invoice.confirmation_secret': 'payment_intents',
  'invoice.payments': 'invoice_payments',
  'setup_intent.latest_attempt': 'setup_attempts',
};

/** @throws HttpError 403 if the caller may not read everything that the property can show */
export function refuseUnreadable(permissions: Permissions, target: Expandable): void {
  const lacking = needsOf(target).find((need) => !may(permissions, need));
  if (lacking === undefined) return;
  const who = 'role' in permissions ? `role '${permissions.role}'` : 'provided key';
  throw new HttpError(
    403,
    `The ${who} does not have the required permissions to expand this. Having the '${scopeOf(lacking)}' permission would allow this request to continue.`,
  );
}

function needsOf(target: Expandable): Need[] {
  return resourcesOf(target).flatMap((resource) => (resource ? [{ resource, level: 'read' as const }] : []));
}

function resourcesOf(target: Expandable): readonly (Resource | null | undefined)[] {
  if (target.is === 'reference') return target.kinds.map((kind) => RESOURCES[kind]);
  return target.is === 'included' ? [INCLUDED[target.name]] : [];
}
