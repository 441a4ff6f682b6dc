/** Payment links: what they sell is priced once when they are made, and again for each visitor's session. */
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import type { Branding } from '../rows/branding-settings';
import type { CheckoutSession, CheckoutSettings } from '../rows/checkout-session';
import { itemsInArm, priceInArm, type ExperimentArm, type SeenArm } from '../rows/experiment';
import { isActive, type PaymentLink } from '../rows/payment-link';
import type { MethodType } from '../rows/payment-method';
import type { Metadata } from '../rows/resource';
import type { Rows } from '../rows/rows';
import { pricedWith, priceSession } from './amounts';
import { methodsOffered } from '../payment/method-configurations';
import { refuseCurrency } from '../payment/method-currencies';
import { blankSession, holderOf, TAKES_UPDATES } from './creation';
import { assertForSale, sessionLines } from './lines';
import { assertOptional } from './optional-items';
import type { CheckoutLineParameters, CreateSessionParameters } from './parameters';
import { chosenShipping, withShipping } from './shipping';
import { assertConsentsAreThere, settingsOf } from './settings';

/** What every session of the link asks of its buyer. */
type Asked = Pick<
  CreateSessionParameters,
  'consent_collection' | 'custom_text' | 'invoice_creation' | 'phone_number_collection' | 'tax_id_collection'
> & {
  custom_fields?: CreateSessionParameters['custom_fields'] | null;
  name_collection?: CreateSessionParameters['name_collection'] | null;
  shipping_address_collection?: CreateSessionParameters['shipping_address_collection'] | null;
};

interface AfterCompletion {
  type: 'hosted_confirmation' | 'redirect';
  hosted_confirmation?: { custom_message?: string | undefined } | undefined;
  redirect?: { url: string } | undefined;
}

interface LinkTerms extends Asked {
  active?: boolean | undefined;
  after_completion?: AfterCompletion | undefined;
  allow_promotion_codes?: boolean | undefined;
  experiment?: string | null | undefined;
  inactive_message?: string | null | undefined;
  line_items?: CheckoutLineParameters[] | undefined;
  metadata?: Metadata | null | undefined;
  optional_items?: CreateSessionParameters['optional_items'] | null;
  /** Null: a configuration decides. */
  payment_method_types?: MethodType[] | null | undefined;
  restrictions?: { completed_sessions: { limit: number } } | null | undefined;
}

export type CreateLinkParameters = Omit<LinkTerms, keyof Asked> &
  Omit<
    CreateSessionParameters,
    'allow_promotion_codes' | 'line_items' | 'metadata' | 'mode' | 'optional_items' | 'payment_method_types'
  > & {
    mode: PaymentLink['mode'];
  };

/** @throws BillingError as a session with the same lines does */
export function createPaymentLink(changes: ChangeSet, params: CreateLinkParameters, origin: string): void {
  const resource = changes.resource('plink');
  const { mode, currency, line_items: lines = [] } = params;
  const draft = sample(changes, { mode, currency: currency ?? null, settings: linkSettings(params) });
  assertConsentsAreThere(changes, draft.settings);
  const sold = { ...draft, lineItems: sessionLines(changes, draft, lines) };
  const offered = withShipping(changes, sold, params.shipping_options ?? []);
  assertOptional(changes, offered);
  const priced = priceSession(changes, offered);
  refuseCurrency(offered.settings.payment_method_types, priced.currency ?? '');
  changes.put('paymentLink', {
    ...resource,
    active: true,
    url: `${origin}/b/${resource.id}`,
    mode,
    currency: priced.currency ?? '',
    lineItems: priced.lineItems,
    settings: offered.settings,
    inactiveMessage: params.inactive_message ?? null,
    sessionsLimit: params.restrictions?.completed_sessions.limit ?? null,
    completedSessions: 0,
    experiment: params.experiment ?? null,
    metadata: mergeMetadata({}, params.metadata),
  });
  changes.emit('payment_link.created', 'paymentLink', resource.id);
}

/** @throws BillingError resource_missing for a line that the link does not have, and as its new quantities do */
export function updatePaymentLink(changes: ChangeSet, id: string, params: LinkTerms): void {
  const link = changes.rows.get('paymentLink', id);
  const { restrictions } = params;
  const settings = changedSettings(link, params);
  refuseCurrency(settings.payment_method_types, link.currency);
  assertConsentsAreThere(changes, settings);
  if (params.optional_items) assertOptional(changes, { ...sample(changes, { ...link, settings }), lineItems: link.lineItems });
  changes.patch('paymentLink', id, {
    active: params.active ?? link.active,
    inactiveMessage: params.inactive_message === undefined ? link.inactiveMessage : params.inactive_message,
    experiment: params.experiment === undefined ? link.experiment : params.experiment,
    sessionsLimit: restrictions === undefined ? link.sessionsLimit : (restrictions?.completed_sessions.limit ?? null),
    metadata: mergeMetadata(link.metadata, params.metadata),
    lineItems: params.line_items ? changedLines(changes, link, params.line_items) : link.lineItems,
    settings,
  });
  changes.emitUpdated('payment_link.updated', 'paymentLink', id);
}

const ASKED = [
  'consent_collection',
  'custom_fields',
  'invoice_creation',
  'name_collection',
  'phone_number_collection',
  'shipping_address_collection',
  'tax_id_collection',
] as const;

function changedSettings({ settings, mode }: PaymentLink, params: LinkTerms): PaymentLink['settings'] {
  const { after_completion: after, allow_promotion_codes: codes, custom_fields, name_collection, custom_text: texts = {} } = params;
  const asked = settingsOf({
    ...params,
    custom_fields: custom_fields ?? [],
    name_collection: name_collection ?? undefined,
    optional_items: params.optional_items ?? undefined,
    payment_method_types: params.payment_method_types ?? undefined,
    mode,
    line_items: [],
  });
  return {
    ...settings,
    ...Object.fromEntries(ASKED.filter((name) => params[name] !== undefined).map((name) => [name, asked[name]])),
    ...offersOf(params, asked),
    custom_text: { ...settings.custom_text, ...omitUndefined(texts) },
    ...(after === undefined ? {} : afterOf(after)),
    allow_promotion_codes: codes ?? settings.allow_promotion_codes,
  };
}

/** What the link offers besides its lines, as far as the change says it. */
function offersOf({ optional_items: items, payment_method_types: types }: LinkTerms, asked: CheckoutSettings): Partial<CheckoutSettings> {
  return {
    ...(items === undefined ? {} : { optional_items: asked.optional_items }),
    ...(types === undefined ? {} : { payment_method_types: types ?? [] }),
  };
}

/** What a visitor's address adds. */
export interface Visit {
  /** Whom the seller's site has named by a customer session. */
  customer: string | null;
  email: string | null;
  /** Whether the visitor cannot change the e-mail address. */
  isEmailLocked: boolean;
  locale: string | null;
  clientReferenceId: string | null;
  /** The id of a code that the visitor brings. */
  promotionCode: string | null;
  /** What the visitor sees of the link's experiment; null where none runs. */
  seen: SeenArm | null;
}

/** @throws BillingError parameter_invalid if it is inactive, and as a session with the same lines does: a price may have become inactive */
export function openPaymentLink(
  changes: ChangeSet,
  id: string,
  { origin, visit, branding }: { origin: string; visit: Visit; branding: Branding },
): void {
  const link = changes.rows.get('paymentLink', id);
  if (!isActive(link)) throw new BillingError('parameter_invalid', 'The payment link is inactive.', { param: 'payment_link' });
  const { metadata } = link;
  const { email, isEmailLocked, locale } = visit;
  const sold = inArm(changes, link, visit.seen?.arm ?? NO_ARM);
  const { mode, currency } = sold;
  const settings = {
    ...sold.settings,
    ...waysToPay(changes, sold),
    branding,
    locale,
    customer_email: isEmailLocked ? email : null,
    ...(visit.customer === null ? {} : { customer_email: null, customer_update: TAKES_UPDATES }),
  };
  const blank: CheckoutSession = {
    ...blankSession(changes, { mode, currency, settings, metadata, origin }),
    ...holderOf(changes.rows.find('customer', visit.customer), { customer_email: email }),
    shippingRate: chosenShipping(null, settings.shipping_options),
    paymentLink: id,
    clientReferenceId: visit.clientReferenceId,
    experimentAssignment: visit.seen?.assignment ?? null,
  };
  assertForSale(changes, sold.lineItems);
  const session = { ...blank, lineItems: sold.lineItems.map((line) => ({ ...line, id: changes.id('li') })) };
  const code = visit.promotionCode;
  changes.put('checkoutSession', pricedWith(changes, session, code === null ? [] : [{ promotion_code: code }]));
  changes.wake('checkout', session.id, session);
}

/** What the link names, or what the account offers when the visitor comes. */
function waysToPay({ rows }: ChangeSet, { currency, settings: { payment_method_types: named } }: Sold) {
  const offered = methodsOffered(rows, { types: named.length === 0 ? undefined : named, currency });
  return { payment_method_types: offered.types, payment_method_configuration: offered.configuration };
}

/** The link sells what the arm does in the place of its own. Sessions that it has opened do not change. */
export function replaceLinkPrices(changes: ChangeSet, link: PaymentLink, arm: Arm): void {
  const { mode, currency, lineItems, settings } = inArm(changes, link, arm);
  const sold = { ...sample(changes, { mode, currency, settings }), lineItems };
  changes.patch('paymentLink', link.id, { mode, currency, lineItems: priceSession(changes, sold).lineItems, settings });
  changes.emitUpdated('payment_link.updated', 'paymentLink', link.id);
}

type Arm = Pick<ExperimentArm, 'payment_link' | 'prices'>;
const NO_ARM: Arm = { payment_link: null, prices: [] };

type Sold = Pick<PaymentLink, 'currency' | 'lineItems' | 'mode' | 'settings'>;

/** What the link sells and offers: its own or another link's lines, with the arm's prices where it has others. */
function inArm(changes: ChangeSet, link: PaymentLink, arm: Arm): Sold {
  const shown = linkInArm(changes.rows, link, arm);
  const { mode, currency, settings } = shown;
  const lines = shown.lineItems.map(({ id, price }) => ({
    id,
    ...(priceInArm(arm, price) === price ? {} : { price: priceInArm(arm, price) }),
  }));
  const sold = sessionLines(changes, shown, lines);
  return {
    ...{ mode, currency },
    lineItems: shown.id === link.id ? sold : sold.map((line) => ({ ...line, id: changes.id('li') })),
    settings: { ...settings, optional_items: itemsInArm(arm, settings.optional_items) },
  };
}

/** The link whose lines an arm shows at the address of this one. It must be among the rows. */
export const linkInArm = (rows: Rows, link: PaymentLink, arm: Pick<ExperimentArm, 'payment_link'>): PaymentLink =>
  rows.find('paymentLink', arm.payment_link) ?? link;

/** A session that is never put, with which the link's lines are priced. */
function sample(changes: ChangeSet, of: Pick<CheckoutSession, 'mode' | 'currency' | 'settings'>): CheckoutSession {
  return blankSession(changes, { ...of, metadata: {}, origin: '' });
}

/** The named lines change, and the others stay. */
function changedLines(changes: ChangeSet, link: PaymentLink, params: CheckoutLineParameters[]): PaymentLink['lineItems'] {
  const draft = { ...sample(changes, link), lineItems: link.lineItems };
  const unknown = params.findIndex(({ id }) => !link.lineItems.some((line) => line.id === id));
  if (unknown !== -1) {
    const param = `line_items[${String(unknown)}][id]`;
    throw new BillingError('resource_missing', `No such line item: '${params[unknown]?.id ?? ''}'`, { param });
  }
  const whole = link.lineItems.map(({ id }) => params.find((each) => each.id === id) ?? { id });
  return priceSession(changes, { ...draft, lineItems: sessionLines(changes, draft, whole) }).lineItems;
}

function linkSettings({ after_completion: after, ...params }: CreateLinkParameters): PaymentLink['settings'] {
  const { optional_items, payment_method_types, ...rest } = params;
  const settings = settingsOf({
    ...rest,
    optional_items: optional_items ?? undefined,
    payment_method_types: payment_method_types ?? undefined,
  });
  const named = { payment_method_types: payment_method_types ?? [] };
  return { ...settings, ...named, ...(after ? afterOf(after) : {}), allow_promotion_codes: settings.allow_promotion_codes ?? false };
}

function afterOf({
  redirect,
  hosted_confirmation: confirmation,
}: AfterCompletion): Pick<CheckoutSettings, 'confirmation_message' | 'success_url'> {
  return { success_url: redirect?.url ?? null, confirmation_message: confirmation?.custom_message ?? null };
}
