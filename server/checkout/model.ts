/** What the checkout page shows, from the session's rows. */
import type { Sql } from '../../db/connect';
import { loadRows } from '../../db/related';
import { needsCard } from '../../domain/checkout/attempt';
import { waiting } from '../../domain/checkout/optional-items';
import { anchorFromConfig, billingPeriod } from '../../domain/money/billing-period';
import { methodsAmong } from '../../domain/payment/method-configurations';
import { isInFlight, isPaid } from '../../domain/payment/checkout-payment';
import { canPayAmount } from '../../domain/payment/voucher-amounts';
import type { CheckoutLine, CheckoutSession } from '../../domain/rows/checkout-session';
import { priceIn, type Price, type Recurring } from '../../domain/rows/price';
import type { Rows } from '../../domain/rows/rows';
import type { CheckoutModel, CheckoutModelLine, OptionalChoice, Problem, Renewal } from '../../web/checkout/model';
import { lawOf, type Law } from '../../web/law';
import type { Locale } from '../../web/words/languages';
import { loadBranding } from '../branding/load';
import { questionOf } from './price-question';
import type { Dependencies } from '../http/dependencies';
import { askedOf, deliveryOf, enteredOf, textsOf } from './asked';
import type { Entries } from './form';
import { savedOf } from './saved-cards';
import { licensesOf } from './licenses';
import { loadSessionRows, voucherOf } from './session-rows';
import { walletsOfSession } from './wallets';

const DAY = 86_400;

interface Shown {
  problem: Problem | null;
  locale: Locale;
  /** What the buyer has entered, where a problem sends it back. */
  entries: Entries;
}

export async function modelOf(
  { sql }: Dependencies,
  session: CheckoutSession,
  { problem, locale, entries }: Shown,
): Promise<CheckoutModel> {
  const { amounts, settings, mode } = session;
  const rows = await loadOffer(sql, session);
  const trialEnd = trialEndOf(session);
  const isTaxAdded = amounts.total > amounts.subtotal - amounts.discount + amounts.shipping;
  return {
    state: await stateOf(sql, session),
    locale,
    law: lawFor(session, rows),
    seller: rows.all('account')[0]?.name ?? '',
    branding: settings.branding ?? (await loadBranding(sql, session)),
    isTest: !session.livemode,
    mode,
    currency: session.currency ?? 'usd',
    attempt: session.attempts,
    lines: session.lineItems.map(lineOf),
    amounts,
    isTaxAdded,
    renewal: renewalOf(session, rows, { trialEnd, isTaxAdded }),
    trialEnd,
    optional: optionalOf(session, rows),
    saved: await savedOf(sql, session),
    promotion: { isAsked: settings.allow_promotion_codes === true, code: rows.all('promotionCode')[0]?.code ?? null },
    entered: enteredOf(session, entries),
    asked: askedOf(session, rows.all('account')[0], entries),
    texts: textsOf(session),
    confirmation: settings.confirmation_message,
    licenses: await licensesOf(sql, session),
    priceQuestion: await questionOf(sql, session),
    delivery: deliveryOf(session, rows.all('shippingRate')),
    submit: settings.submit_type ?? 'auto',
    isEmailFixed: session.customer !== null || settings.customer_email !== null,
    needsCard: needsCard(session),
    methods: methodsAmong(settings.payment_method_types, session.currency).filter((type) => canPayAmount(type, amounts.due)),
    debitInterval: debitIntervalOf(session),
    wallets: await walletsOfSession(sql, session),
    ...(await pendingOf(sql, session)),
    needsAddress: needsAddress(session),
    problem,
    cancelUrl: settings.cancel_url,
  };
}

const debitIntervalOf = ({ settings: { payment_method_options: options } }: CheckoutSession): string | null =>
  options?.acss_debit?.mandate_options?.interval_description ?? null;

/** How the payment of a complete session stands. */
async function pendingOf(sql: Sql, session: CheckoutSession): Promise<Pick<CheckoutModel, 'isCollected' | 'voucher'>> {
  const isPending = session.asyncPayment === 'pending';
  return { isCollected: isPending, voucher: isPending ? voucherOf(await loadSessionRows(sql, session)) : null };
}

function needsAddress({ settings, taxStatus }: CheckoutSession): boolean {
  return settings.billing_address_collection === 'required' || taxStatus !== null || settings.tax_id_collection.enabled;
}

/** Whether a tick that the law asks for, and that the page has shown, is missing. */
export async function lacksConsent({ sql }: Dependencies, session: CheckoutSession, entries: Entries): Promise<boolean> {
  if (session.mode !== 'subscription') return false;
  const rows = await loadOffer(sql, session);
  const law = lawFor(session, rows);
  const renewal = renewalOf(session, rows, { trialEnd: trialEndOf(session), isTaxAdded: false });
  const lacksWithdrawal = law.withdrawalDays !== null && entries['withdrawal_consent'] !== 'yes';
  const lacksRenewal = law.renewalConsent && renewal !== null && renewal.amount !== null && entries['renewal_consent'] !== 'yes';
  return lacksWithdrawal || lacksRenewal;
}

async function loadOffer(sql: Sql, session: CheckoutSession): Promise<Rows> {
  const prices = [...session.lineItems, ...session.settings.optional_items].map(({ price }) => price);
  const codes = session.discounts.flatMap(({ promotion_code: code }) => code ?? []);
  const rows = await loadRows(sql, 'account', session, [session.account]);
  rows.putAll(await loadRows(sql, 'price', session, prices));
  const products = rows.all('price').map(({ product }) => product);
  rows.putAll(await loadRows(sql, 'product', session, products));
  rows.putAll(await loadRows(sql, 'promotionCode', session, codes));
  const rates = session.settings.shipping_options.map(({ shipping_rate: rate }) => rate);
  rows.putAll(await loadRows(sql, 'shippingRate', session, rates));
  return rows;
}

/** The buyer's country, or the seller's as long as the buyer's is unknown. */
function lawFor({ customerDetails }: CheckoutSession, rows: Rows): Law {
  return lawOf(customerDetails?.address?.country ?? rows.all('account')[0]?.country ?? '');
}

async function stateOf(sql: Sql, session: CheckoutSession): Promise<CheckoutModel['state']> {
  if (session.status !== 'open') return session.status;
  const rows = await loadSessionRows(sql, session);
  const isMade = rows.all('paymentIntent').some(({ status }) => status === 'succeeded' || status === 'requires_capture');
  return isMade || isPaid(rows, session) || isInFlight(rows, session) ? 'processing' : 'open';
}

function lineOf({ id, description, quantity, subtotal, adjustable, optional }: CheckoutLine): CheckoutModelLine {
  const bounds = adjustable && { minimum: adjustable.minimum ?? 0, maximum: adjustable.maximum ?? 99 };
  return { id, name: description, quantity, adjustable: bounds, amount: subtotal, isOptional: optional === true };
}

function trialEndOf({ settings }: CheckoutSession): number | null {
  const { trial_end: end = null, trial_period_days: days = null } = settings.subscription_data ?? {};
  return end ?? (days === null ? null : now() + days * DAY);
}

const now = (): number => Math.floor(Date.now() / 1000);

/** The one interval of all recurring lines, what each period costs in full, and when the next one begins. */
function renewalOf(session: CheckoutSession, rows: Rows, of: { trialEnd: number | null; isTaxAdded: boolean }): Renewal | null {
  const lines = session.lineItems.flatMap((line) => {
    const price = rows.find('price', line.price);
    return price?.recurring && line.quantity !== 0
      ? [{ line, price: priceIn(price, session.currency ?? price.currency), recurring: price.recurring }]
      : [];
  });
  const [first, ...rest] = lines.map(({ recurring }) => recurring);
  if (!first || rest.some((each) => each.interval !== first.interval || each.interval_count !== first.interval_count)) return null;
  const amounts = lines.map(({ line, price, recurring }) => periodAmount(line, price, recurring));
  const amount = amounts.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0);
  const from = of.trialEnd ?? billingPeriod(anchorOf(session), first, now()).end;
  const plusTax = of.isTaxAdded || (session.settings.automatic_tax && session.taxStatus !== 'complete');
  return { interval: first.interval, count: first.interval_count, amount, plusTax, from };
}

function anchorOf({ settings }: CheckoutSession): number {
  const { billing_cycle_anchor: anchor = null, billing_cycle_anchor_config: config = null } = settings.subscription_data ?? {};
  return anchor ?? (config === null ? now() : anchorFromConfig(config, now()));
}

/** What the buyer has not added yet. */
function optionalOf(session: CheckoutSession, rows: Rows): OptionalChoice[] {
  return waiting(session).map((item) => {
    const known = rows.get('price', item.price);
    const { recurring } = known;
    const amount = periodAmount(item, priceIn(known, session.currency ?? known.currency), recurring ?? ONCE);
    return {
      price: item.price,
      name: rows.get('product', known.product).name,
      quantity: item.quantity,
      amount,
      recurring: recurring && { interval: recurring.interval, count: recurring.interval_count },
    };
  });
}

const ONCE = { usage_type: 'licensed' } as const;

/** Before discounts; null if usage or tiers decide it. */
function periodAmount(
  { quantity }: Pick<CheckoutLine, 'quantity'>,
  { unitAmount, transformQuantity }: Price,
  { usage_type: usage }: Pick<Recurring, 'usage_type'>,
): number | null {
  if (usage === 'metered' || unitAmount === null || transformQuantity !== null || quantity === null) return null;
  return unitAmount * quantity;
}
