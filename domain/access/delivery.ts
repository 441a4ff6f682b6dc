/** What a customer gets after a purchase: for the page, the event's receiver, and the mail. */
import type { ChangeSet } from '../core/change-set';
import { writeMail } from '../mail/write';
import type { CheckoutSession } from '../rows/checkout-session';
import type { Customer } from '../rows/customer';
import type { License } from '../rows/license';
import type { Rows } from '../rows/rows';

export interface LicenseDelivery {
  license: string;
  /** Null: no address is known. */
  to: string | null;
  /** The customer's preferred languages, the first one first. */
  locales: readonly string[];
  /** The product's name. */
  product: string;
  key: string;
  activationLimit: number | null;
  expiresAt: number | null;
}

/** The mail of a new license. The rows have its product, and its customer or its checkout session. Null: the license cannot be used. */
export function deliveryOf(rows: Rows, license: License): LicenseDelivery | null {
  if (license.status !== 'active') return null;
  return {
    license: license.id,
    ...receiverOf(rows, license),
    product: rows.find('product', license.product)?.name ?? license.product,
    key: license.key,
    activationLimit: license.activationLimit,
    expiresAt: license.expiresAt,
  };
}

function receiverOf(rows: Rows, license: License): Pick<LicenseDelivery, 'to' | 'locales'> {
  const customer = rows.find('customer', license.customer);
  const session = rows.find('checkoutSession', license.checkoutSession);
  return { to: customer?.email ?? session?.customerDetails?.email ?? null, locales: localesOf(customer, session) };
}

/** The customer's own, or else the one of the checkout page. */
function localesOf(customer: Customer | undefined, session: CheckoutSession | undefined): readonly string[] {
  const preferred = customer?.preferredLocales ?? [];
  const chosen = session?.settings.locale ?? 'auto';
  return preferred.length > 0 || chosen === 'auto' ? preferred : [chosen];
}

export function mailLicense(changes: ChangeSet, license: License): void {
  const delivery = deliveryOf(changes.rows, license);
  if (delivery === null) return;
  const { to: recipient, locales, product, key } = delivery;
  const facts = { product, key, date: changes.now };
  writeMail(changes, { kind: 'license', about: license.id, customer: license.customer, recipient, locales, facts });
}
