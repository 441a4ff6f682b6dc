/** Licenses: each purchase of a product with a policy brings one, once. They follow the subscription or the payment that they come from. */
import { mailLicense } from './delivery';
import { givesAccess } from './giving';
import type { ChangeSet } from '../core/change-set';
import { takesMoney } from '../payment/dispute-closing';
import { paymentStatusOf, type CheckoutSession } from '../rows/checkout-session';
import type { Dispute } from '../rows/dispute';
import type { License, LicenseActivation, LicenseClaims, LicensePolicy, LicenseReason, LicenseStatus } from '../rows/license';
import type { Rows } from '../rows/rows';
import type { Subscription, SubscriptionItem } from '../rows/subscription';

const DAY = 86_400;

/** Issues, suspends and revokes the licenses that this change set concerns. */
export function settleLicenses(changes: ChangeSet, subscriptions: ReadonlySet<string>): void {
  for (const id of subscriptions) settleSubscriptionLicenses(changes, id);
  for (const id of changes.changed.get('checkoutSession') ?? []) issueForSale(changes, id);
  for (const license of changes.rows.where('license', ({ paymentIntent }) => paymentIntent !== null)) followPayment(changes, license);
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
    customer,
    subscription: item.subscription,
    subscriptionItem: item.id,
    checkoutSession,
    paymentIntent: null,
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
    customer: session.customer,
    subscription: null,
    subscriptionItem: null,
    checkoutSession: session.id,
    paymentIntent: session.paymentIntent,
    activationLimit: limitFor(changes.rows, policy.id, line.quantity),
  });
}

type Source = Pick<License, 'customer' | 'subscription' | 'subscriptionItem' | 'checkoutSession' | 'paymentIntent' | 'activationLimit'>;

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
  const charges = changes.rows.where('charge', ({ paymentIntent }) => paymentIntent === license.paymentIntent);
  const policy = changes.rows.find('licensePolicy', license.policy);
  if (!policy) return;
  for (const { id } of charges) {
    followRefund(changes, license.id, policy, id);
    for (const dispute of changes.rows.where('dispute', ({ charge }) => charge === id)) followDispute(changes, license.id, policy, dispute);
  }
}

function followRefund(changes: ChangeSet, id: string, { onRefund }: LicensePolicy, charge: string): void {
  const license = changes.rows.get('license', id);
  const { refunded } = changes.rows.get('charge', charge);
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
