/** Licenses: each purchase of a product with a policy brings one, once. They follow the subscription or the payment that they come from. */
import { mailLicense } from './delivery';
import { givesAccess } from './giving';
import type { ChangeSet } from '../core/change-set';
import { takesMoney } from '../payment/dispute-closing';
import { paymentStatusOf, type CheckoutSession } from '../rows/checkout-session';
import type { Charge } from '../rows/charge';
import type { Dispute } from '../rows/dispute';
import type { Invoice, InvoiceLineItem } from '../rows/invoice';
import type { License, LicenseActivation, LicenseClaims, LicensePolicy, LicenseReason, LicenseStatus } from '../rows/license';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionItem } from '../rows/subscription';

const DAY = 86_400;

/** Issues, suspends and revokes the licenses that this change set concerns. */
export function settleLicenses(changes: ChangeSet, subscriptions: ReadonlySet<string>): void {
  for (const id of subscriptions) settleSubscriptionLicenses(changes, id);
  for (const id of changes.changed.get('checkoutSession') ?? []) issueForSale(changes, id);
  for (const id of changes.changed.get('invoice') ?? []) issueForInvoice(changes, id);
  for (const license of changes.rows.where('license', ({ paymentIntent, invoice }) => (paymentIntent ?? invoice) !== null)) {
    followPayment(changes, license);
  }
}

function settleSubscriptionLicenses(changes: ChangeSet, id: string): void {
  const { rows } = changes;
  const subscription = rows.find('subscription', id);
  if (!subscription) return;
  const items = rows.where('subscriptionItem', (item) => item.subscription === id && !item.deleted);
  for (const item of givesAccess(subscription) ? items : []) issueForItem(changes, item);
  for (const license of rows.where('license', (each) => each.subscription === id && each.statusReason !== 'requested')) {
    const item = items.find((each) => each.id === license.subscriptionItem && productOf(rows, each) === license.product);
    followItem(changes, license, subscription, item);
  }
}

function followItem(changes: ChangeSet, license: License, subscription: Subscription, item: SubscriptionItem | undefined): void {
  const hasEnded = subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
  if (item && givesAccess(subscription)) {
    follow(changes, license, { status: 'active', limit: limitFor(changes.rows, license.policy, item.quantity) });
  } else if (item && !hasEnded) {
    follow(changes, license, { status: 'suspended', reason: 'unpaid' });
  } else if (changes.rows.find('licensePolicy', license.policy)?.onCancellation === 'revoke') {
    follow(changes, license, { status: 'revoked', reason: 'canceled' });
  }
}

const productOf = (rows: Rows, item: SubscriptionItem): string | undefined => rows.find('price', item.price)?.product;

function limitFor(rows: Rows, policy: string, quantity: number | null): number | null {
  const limit = rows.find('licensePolicy', policy)?.activationLimit ?? null;
  return limit === null ? null : limit * (quantity ?? 1);
}

function issueForItem(changes: ChangeSet, item: SubscriptionItem): void {
  const product = productOf(changes.rows, item);
  const policy = changes.rows.first('licensePolicy', (each) => each.active && each.product === product);
  if (!policy || changes.rows.first('license', (each) => each.subscriptionItem === item.id && each.product === product)) return;
  const { customer, checkoutSession } = changes.rows.get('subscription', item.subscription);
  issue(changes, policy, {
    ...{ customer, checkoutSession, paymentIntent: null, invoice: null, invoiceLine: null },
    ...{ subscription: item.subscription, subscriptionItem: item.id },
    activationLimit: limitFor(changes.rows, policy.id, item.quantity),
  });
}

/** A sale without a subscription, when its payment is there. */
function issueForSale(changes: ChangeSet, id: string): void {
  const session = changes.rows.find('checkoutSession', id);
  if (session?.mode !== 'payment' || session.status !== 'complete' || paymentStatusOf(session) === 'unpaid') return;
  if (changes.rows.first('license', ({ checkoutSession }) => checkoutSession === id)) return;
  for (const line of session.lineItems) issueForLine(changes, session, line);
}

function issueForLine(changes: ChangeSet, session: CheckoutSession, line: CheckoutSession['lineItems'][number]): void {
  const product = changes.rows.find('price', line.price)?.product;
  const policy = changes.rows.first('licensePolicy', (each) => each.active && each.product === product);
  if (!policy || line.quantity === 0) return;
  issue(changes, policy, {
    ...{ customer: session.customer, checkoutSession: session.id, paymentIntent: session.paymentIntent },
    ...{ subscription: null, subscriptionItem: null, invoice: null, invoiceLine: null },
    activationLimit: limitFor(changes.rows, policy.id, line.quantity),
  });
}

/** What an invoice sells once, when it is paid. That of a checkout in `payment` mode has its licenses from the session. */
function issueForInvoice(changes: ChangeSet, id: string): void {
  const { rows } = changes;
  const invoice = rows.find('invoice', id);
  const wasPaid = changes.base.find('invoice', id)?.status === 'paid';
  if (invoice?.status !== 'paid' || wasPaid || rows.first('checkoutSession', (session) => isSaleOf(session, invoice))) return;
  for (const line of rows.where('invoiceLineItem', (each) => each.invoice === id && isSoldOnce(rows, each))) {
    const policy = rows.first('licensePolicy', ({ active, product }) => active && product === line.product);
    if (!policy || rows.first('license', ({ invoiceLine }) => invoiceLine === line.id)) continue;
    issue(changes, policy, {
      ...{ customer: invoice.customer, checkoutSession: null, paymentIntent: null, invoice: id, invoiceLine: line.id },
      ...{ subscription: null, subscriptionItem: null },
      activationLimit: limitFor(rows, policy.id, line.quantity),
    });
  }
}

const isSaleOf = ({ mode, paymentIntent }: CheckoutSession, invoice: Invoice): boolean =>
  mode === 'payment' && paymentIntent !== null && paymentIntent === invoice.paymentIntent;

const isSoldOnce = (rows: Rows, { amount, price, proration, quantity, subscriptionItem }: InvoiceLineItem): boolean =>
  subscriptionItem === null && !proration && amount >= 0 && quantity !== 0 && rows.find('price', price)?.recurring === null;

type Source = Pick<
  License,
  'customer' | 'subscription' | 'subscriptionItem' | 'checkoutSession' | 'paymentIntent' | 'invoice' | 'invoiceLine' | 'activationLimit'
>;

function issue(changes: ChangeSet, policy: LicensePolicy, source: Source): void {
  const resource = changes.resource('lic');
  const unsigned: License = {
    ...resource,
    ...source,
    product: policy.product,
    policy: policy.id,
    status: 'active',
    statusReason: null,
    statusChangedAt: changes.now,
    expiresAt: policy.durationDays === null ? null : changes.now + policy.durationDays * DAY,
    key: '',
  };
  const key = changes.context.sign(signingKey(changes.rows), 'license', claimsOf(changes, unsigned, unsigned.expiresAt));
  const license = changes.put('license', { ...unsigned, key });
  changes.emit('license.created', 'license', resource.id);
  mailLicense(changes, license);
}

function signingKey(rows: Rows): string {
  const key = rows.first('licenseSigningKey', ({ active }) => active);
  if (!key) throw new Error('no key signs licenses');
  return key.id;
}

function claimsOf({ rows, now }: ChangeSet, license: License, end: number | null): LicenseClaims {
  const features = rows.where('productFeature', (each) => !each.deleted && each.product === license.product);
  return {
    iss: license.account,
    sub: license.id,
    aud: license.product,
    iat: now,
    ...(end === null ? {} : { exp: end }),
    livemode: license.livemode,
    customer: license.customer,
    features: features.map(({ lookupKey }) => lookupKey),
    activation_limit: license.activationLimit,
  };
}

/** A refund or a dispute of the payment that bought it. What a failed refund or a won dispute gives back is active again. */
function followPayment(changes: ChangeSet, license: License): void {
  const paid = changes.rows.where('charge', (charge) => charge.status === 'succeeded' && isPaymentOf(license, charge));
  const policy = changes.rows.find('licensePolicy', license.policy);
  if (!policy || paid.length === 0) return;
  followRefunds(changes, license.id, policy, paid);
  for (const { id } of paid) {
    for (const dispute of changes.rows.where('dispute', ({ charge }) => charge === id)) followDispute(changes, license.id, policy, dispute);
  }
}

const isPaymentOf = (license: License, { invoice, paymentIntent }: Charge): boolean =>
  license.invoice === null ? paymentIntent === license.paymentIntent : invoice === license.invoice;

/** Several may have paid: all of them are refunded, then. */
function followRefunds(changes: ChangeSet, id: string, { onRefund }: LicensePolicy, paid: readonly Charge[]): void {
  const license = changes.rows.get('license', id);
  const refunded = paid.every((charge) => charge.refunded);
  if (refunded && license.status === 'active' && onRefund === 'revoke') follow(changes, license, { status: 'revoked', reason: 'refunded' });
  if (!refunded && license.statusReason === 'refunded') follow(changes, license, { status: 'active' });
}

function followDispute(changes: ChangeSet, id: string, { onDispute }: LicensePolicy, dispute: Dispute): void {
  const license = changes.rows.get('license', id);
  if (takesMoney(dispute) && license.status === 'active' && onDispute === 'revoke')
    follow(changes, license, { status: 'revoked', reason: 'disputed' });
  if (dispute.status === 'won' && license.statusReason === 'disputed') follow(changes, license, { status: 'active' });
}

interface Standing {
  status: LicenseStatus;
  /** Absent: it is active. */
  reason?: LicenseReason;
  /** Absent: as it is. */
  limit?: number | null;
}

/** Sets the status, if it is another, and says so. */
export function follow(changes: ChangeSet, { id }: License, { status, reason, limit }: Standing): void {
  const license = changes.rows.get('license', id);
  const activationLimit = limit === undefined ? license.activationLimit : limit;
  if (license.status === status && license.activationLimit === activationLimit) return;
  changes.patch('license', id, {
    status,
    statusReason: reason ?? null,
    activationLimit,
    statusChangedAt: license.status === status ? license.statusChangedAt : changes.now,
  });
  changes.emitUpdated('license.updated', 'license', id);
}

/** The certificate of an activation: the machine may run with it until it ends. */
export function certify(changes: ChangeSet, activation: LicenseActivation): string {
  const license = changes.rows.get('license', activation.license);
  const claims = claimsOf(changes, license, activation.leasedUntil);
  const { id, fingerprint } = activation;
  return changes.context.sign(signingKey(changes.rows), 'activation', { ...claims, activation: id, fingerprint });
}
