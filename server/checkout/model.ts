/** What the checkout page shows, from the session's rows. */
import type { Sql } from '../../db/connect';
import { couponKeys } from '../../db/coupons';
import { loadRows } from '../../db/related';
import { needsCard } from '../../domain/checkout/attempt';
import { waiting } from '../../domain/checkout/optional-items';
import { periodAmount, renewalOf, trialEndOf } from '../../domain/checkout/renewal';
import { methodsAmong } from '../../domain/payment/method-configurations';
import { isInFlight, isPaid } from '../../domain/payment/checkout-payment';
import { canPayAmount } from '../../domain/payment/voucher-amounts';
import { isAwaited, isLost, type CheckoutLine, type CheckoutSession } from '../../domain/rows/checkout-session';
import { priceIn } from '../../domain/rows/price';
import type { Rows } from '../../domain/rows/rows';
import type { CheckoutModel, CheckoutModelLine, OptionalChoice, Problem, Renewal } from '../../web/checkout/model';
import { asksRenewalConsent, lawOf, type Law } from '../../web/law';
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
    renewal: renewalShown(session, rows, isTaxAdded),
    trialEnd: trialEndOf(session, now()),
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
    unpaid: whyUnpaid(session),
    voucher: isAwaited(session) ? voucherOf(await loadSessionRows(sql, session)) : null,
    needsAddress: needsAddress(session),
    problem,
    cancelUrl: settings.cancel_url,
  };
}

const debitIntervalOf = ({ settings: { payment_method_options: options } }: CheckoutSession): string | null =>
  options?.acss_debit?.mandate_options?.interval_description ?? null;

function whyUnpaid(session: CheckoutSession): CheckoutModel['unpaid'] {
  if (isLost(session)) return 'notPaid';
  if (!isAwaited(session)) return null;
  return session.reservation === 'held' ? 'reserved' : 'collecting';
}

function needsAddress({ settings, taxStatus }: CheckoutSession): boolean {
  return settings.billing_address_collection === 'required' || taxStatus !== null || settings.tax_id_collection.enabled;
}

/** Whether a tick that the law asks for, and that the page has shown, is missing. */
export async function lacksConsent({ sql }: Dependencies, session: CheckoutSession, entries: Entries): Promise<boolean> {
  if (session.mode !== 'subscription') return false;
  const rows = await loadOffer(sql, session);
  const law = lawFor(session, rows);
  const begun = { renewal: renewalOf(session, rows, now()), trialEnd: trialEndOf(session, now()), needsCard: needsCard(session) };
  const lacksWithdrawal = law.withdrawalDays !== null && entries['withdrawal_consent'] !== 'yes';
  const lacksRenewal = asksRenewalConsent(law, begun) && entries['renewal_consent'] !== 'yes';
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
  rows.putAll(await loadRows(sql, 'customer', session, session.customer === null ? [] : [session.customer]));
  const own = rows.all('customer').flatMap(({ discount }) => discount ?? []);
  rows.putAll(await loadRows(sql, 'discount', session, own));
  rows.putAll(await loadRows(sql, 'coupon', session, await couponsOf(sql, session, rows)));
  const rates = session.settings.shipping_options.map(({ shipping_rate: rate }) => rate);
  rows.putAll(await loadRows(sql, 'shippingRate', session, rates));
  return rows;
}

/** The keys of the coupons that the session has, by their ids or by codes, and of that of its customer. */
async function couponsOf(sql: Sql, session: CheckoutSession, rows: Rows): Promise<string[]> {
  const named = await couponKeys(
    sql,
    session,
    session.discounts.flatMap(({ coupon }) => coupon ?? []),
  );
  return [...named.values(), ...[...rows.all('promotionCode'), ...rows.all('discount')].map(({ coupon }) => coupon)];
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

const now = (): number => Math.floor(Date.now() / 1000);

/** What each period costs after today. Tax is said with it where it is added to the prices. */
function renewalShown(session: CheckoutSession, rows: Rows, isTaxAdded: boolean): Renewal | null {
  const renewal = renewalOf(session, rows, now());
  if (renewal === null) return null;
  const { interval, interval_count: count, ...of } = renewal;
  return { interval, count, ...of, plusTax: isTaxAdded || (session.settings.automatic_tax && session.taxStatus !== 'complete') };
}

/** What the buyer has not added yet. */
function optionalOf(session: CheckoutSession, rows: Rows): OptionalChoice[] {
  return waiting(session).map((item) => {
    const known = rows.get('price', item.price);
    const { recurring } = known;
    const amount = periodAmount(item, priceIn(known, session.currency ?? known.currency));
    return {
      price: item.price,
      name: rows.get('product', known.product).name,
      quantity: item.quantity,
      amount,
      recurring: recurring && { interval: recurring.interval, count: recurring.interval_count },
    };
  });
}
