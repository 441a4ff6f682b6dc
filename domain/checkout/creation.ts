/** A new session: what is sold, what it costs as far as is known, and until when it can be paid. Nothing else is made before a buyer confirms. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { methodsOffered } from '../payment/method-configurations';
import { canPayAmount, refuseAmountOfVoucher } from '../payment/voucher-amounts';
import type { ChangeSet } from '../core/change-set';
import { requireBilledHere } from '../core/fence';
import { NO_DETAILS, type CheckoutSession } from '../rows/checkout-session';
import type { Customer } from '../rows/customer';
import { priceSession, NO_AMOUNTS } from './amounts';
import { sessionLines } from './lines';
import { assertOptional } from './optional-items';
import { paysOnce, type MethodType } from '../rows/payment-method';
import type { CreateSessionParameters } from './parameters';
import { withShipping } from './shipping';
import { assertConsentsAreThere, settingsOf } from './settings';

const MINUTE = 60;
const DAY = 86_400;

/**
 * @param origin the server's URL for browsers
 * @throws BillingError as its lines, discounts and terms do; parameter_invalid for a wrong expiry or end of the trial; customer_billed_elsewhere; amount_too_small, amount_too_large
 */
export function createSession(changes: ChangeSet, params: CreateSessionParameters, origin: string): CheckoutSession {
  const customer = changes.rows.find('customer', params.customer ?? null);
  const { mode, currency = null } = params;
  const { payment_method_types: named, payment_method_configuration: configuration } = params;
  const offered = methodsOffered(changes.rows, { types: named, configuration, currency: params.currency, once: takesOnce(params) });
  assertUsable(offered.types, params);
  assertTrialIsLong(changes, params);
  const settings = {
    ...settingsOf(params),
    payment_method_types: shownTypes(offered.types, params),
    payment_method_configuration: offered.configuration,
  };
  assertConsentsAreThere(changes, settings);
  if (customer) assertMayBuy(changes, customer, { mode, settings });
  const metadata = mergeMetadata({}, params.metadata);
  const bare = blankSession(changes, { mode, currency, settings, metadata, origin });
  const blank: CheckoutSession = {
    ...bare,
    ...holderOf(customer, params),
    ...placeOf(bare, params.ui_mode ?? 'hosted_page', origin),
    expiresAt: expiryOf(changes, params.expires_at),
    discounts: params.discounts ?? [],
    clientReferenceId: params.client_reference_id ?? null,
    experimentAssignment: params.experiment_assignment ?? null,
  };
  const sold = { ...blank, lineItems: sessionLines(changes, blank, params.line_items ?? []) };
  const session = withShipping(changes, sold, params.shipping_options ?? []);
  assertOptional(changes, session);
  const priced = { ...session, ...priceSession(changes, session) };
  assertPayable(priced);
  changes.put('checkoutSession', priced);
  changes.wake('checkout', session.id, session);
  return changes.rows.get('checkoutSession', session.id);
}

function assertMayBuy(changes: ChangeSet, customer: Customer, { mode, settings }: Pick<CheckoutSession, 'mode' | 'settings'>): void {
  assertPlaceOf(customer, settings);
  if (mode !== 'setup') requireBilledHere(changes, customer);
}

const takesOnce = ({ mode, payment_intent_data: data }: CreateSessionParameters): boolean =>
  mode === 'payment' && data?.setup_future_usage === undefined && data?.capture_method !== 'manual';

/** @throws BillingError parameter_invalid for a named type that pays once, in a session that charges later, too */
function assertUsable(types: readonly string[], params: CreateSessionParameters): void {
  const once = types.find((type) => paysOnce(type as MethodType));
  if (once === undefined || takesOnce(params)) return;
  const message = `The payment method type ${once} pays once, at once. It cannot be used in a session that charges or captures later.`;
  throw new BillingError('parameter_invalid', message, { param: 'payment_method_types' });
}

/** @throws BillingError amount_too_small, amount_too_large if nothing but vouchers is offered, and none of them can be for this amount */
function assertPayable({ amounts, currency, settings, mode }: Pick<CheckoutSession, 'amounts' | 'currency' | 'mode' | 'settings'>): void {
  const types = settings.payment_method_types as MethodType[];
  const [first] = types;
  if (mode === 'setup' || amounts.due === 0 || first === undefined || types.some((type) => canPayAmount(type, amounts.due))) return;
  refuseAmountOfVoucher(first, amounts.due, currency ?? '');
}

/** @throws BillingError parameter_invalid if nothing is left without Link */
function shownTypes(types: string[], { wallet_options: wallets }: CreateSessionParameters): string[] {
  if (wallets?.link?.display !== 'never') return types;
  const shown = types.filter((type) => type !== 'link');
  if (shown.length > 0) return shown;
  const message = 'Link is the only way to pay of this session, so it cannot be hidden.';
  throw new BillingError('parameter_invalid', message, { param: 'wallet_options[link][display]' });
}

/**
 * Nobody is asked for an address that the customer then would not get.
 *
 * @throws BillingError customer_tax_location_invalid in Stripe's words
 */
function assertPlaceOf(
  { address, shipping }: Customer,
  { automatic_tax: taxes, customer_update: update }: CheckoutSession['settings'],
): void {
  const isKnown = [address, shipping?.address].some((place) => typeof place?.country === 'string');
  const isSaved = update !== null && [update.address, update.shipping].includes('auto');
  if (!taxes || isKnown || isSaved) return;
  throw new BillingError('customer_tax_location_invalid', NO_PLACE, { param: 'customer' });
}

const NO_PLACE =
  "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.";

type Blank = Pick<CheckoutSession, 'currency' | 'metadata' | 'mode' | 'settings'> & { origin: string };

/** A hosted session of nobody yet, without lines. */
export function blankSession(changes: ChangeSet, { origin, ...of }: Blank): CheckoutSession {
  const resource = changes.resource(changes.context.livemode ? 'cs_live' : 'cs_test');
  return {
    ...BLANK,
    ...resource,
    customFields: of.settings.custom_fields,
    clientSecret: changes.context.secretFor(resource.id),
    pageUrl: `${origin}/c/pay/${resource.id}`,
    expiresAt: changes.now + DAY,
    ...of,
  };
}

/** A frame names the secret, which only the seller's own site has been given. */
function placeOf({ id, clientSecret }: CheckoutSession, uiMode: CheckoutSession['uiMode'], origin: string): Partial<CheckoutSession> {
  return { uiMode, pageUrl: `${origin}/c/${PATHS[uiMode]}/${uiMode === 'hosted_page' ? id : clientSecret}` };
}

const PATHS = { hosted_page: 'pay', embedded_page: 'embed', elements: 'elements' };

const BLANK = {
  customer: null,
  testClock: null,
  customerDetails: null,
  uiMode: 'hosted_page',
  discounts: [],
  clientReferenceId: null,
  experimentAssignment: null,
  status: 'open',
  buyerIp: null,
  completedAt: null,
  asyncPayment: null,
  reservation: null,
  lineItems: [],
  amounts: NO_AMOUNTS,
  taxProvider: null,
  taxStatus: null,
  shippingDetails: null,
  shippingRate: null,
  consent: null,
  withdrawalConsentAt: null,
  renewalConsentAt: null,
  paymentIntent: null,
  setupIntent: null,
  subscription: null,
  offer: null,
  invoice: null,
  paymentMethod: null,
  attempts: 0,
  attemptedAt: null,
  paymentLink: null,
  recoveredFrom: null,
  recoveryExpiresAt: null,
} satisfies Partial<CheckoutSession>;

type Holder = Pick<CheckoutSession, 'customer' | 'customerDetails' | 'testClock'>;

/** Of a session that a page of the seller opens for a known customer: what the buyer enters replaces what is known. */
export const TAKES_UPDATES = {
  address: 'auto',
  name: 'auto',
  shipping: 'auto',
} as const satisfies CreateSessionParameters['customer_update'];

/** The customer with what is known of it, or nobody yet. */
export function holderOf(
  customer: Customer | undefined,
  { customer_email: email }: Pick<CreateSessionParameters, 'customer_email'>,
): Holder {
  if (customer) return { customer: customer.id, testClock: customer.testClock, customerDetails: detailsOf(customer) };
  return { customer: null, testClock: null, customerDetails: emailOnly(email) };
}

/** A buyer may confirm a day later, and is charged after a trial all the same. */
function assertTrialIsLong({ now }: ChangeSet, { subscription_data: data }: CreateSessionParameters): void {
  const { trial_end: end } = data ?? {};
  if (typeof end !== 'number' || end >= now + 2 * DAY) return;
  const message = 'The `trial_end` date has to be at least 2 days in the future.';
  throw new BillingError('parameter_invalid', message, { param: 'subscription_data[trial_end]' });
}

/** A day by default; between half an hour and a day. */
function expiryOf({ now }: ChangeSet, at: number | undefined): number {
  if (at === undefined) return now + DAY;
  const wrong = (message: string) => new BillingError('parameter_invalid', message, { param: 'expires_at' });
  if (at < now + 30 * MINUTE) throw wrong('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.');
  if (at > now + DAY) throw wrong('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.');
  return at;
}

type Details = NonNullable<CheckoutSession['customerDetails']>;

function detailsOf({ address, email, name, phone, taxExempt }: Customer): Details {
  return { ...NO_DETAILS, address, email, name, phone, tax_exempt: taxExempt };
}

const emailOnly = (email: string | undefined | null): Details | null =>
  email === undefined || email === null ? null : { ...NO_DETAILS, email };
