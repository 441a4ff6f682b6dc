/**
 * Running subscriptions of another billing system, in the middle of their periods. Nothing is billed for the time before: the first invoice is the
 * next one that is due.
 */
import type { ChangeSet } from '../core/change-set';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import { billingPeriod } from '../money/billing-period';
import type { Customer } from '../rows/customer';
import { isBilledHere } from '../rows/customer';
import type { Problem } from '../rows/import';
import { isMetered, isOfferedIn, type Price } from '../rows/price';
import type { Subscription, SubscriptionItem } from '../rows/subscription';
import { DEFAULT_TRIAL_SETTINGS, newSubscription } from '../subscription/new-rows';
import { itemsOf } from '../subscription-item/items';
import { namedByDiscounts, putDiscounts } from './coupons';
import { namedByPending, putPendingItems } from './pending-items';
import { namedBySchedule, putRunning, scheduleProblems } from './schedules';
import { periodOf, type SourceItem, type SourceSubscription } from './source-objects';
import { idOf, idOrNull } from './source-parts';
import { chargedThere } from './charged-time';
import { notTaken, reasons, requireOneBiller, taxRatesIn, type NotTaken, type Taking } from './taking';

/** @param billedBy who goes on to bill it: the source of an import, or for the lines of a file Dunlin */
export function takeSubscription(source: SourceSubscription, billedBy: Customer['billedBy']): NotTaken | Taking {
  const over = OVER[source.status];
  if (over !== undefined) return { outcome: 'skipped', problems: [{ field: 'status', reason: over }] };
  const problems = [...obstacles(source), ...scheduleProblems(source.plan)];
  if (problems.length > 0) return { outcome: 'refused', problems };
  const { id, created } = source;
  const customer = idOf(source.customer);
  const items = source.items.data;
  return {
    customer,
    ...{ subscription: id, schedule: source.plan?.id ?? null },
    named: namedBy(source),
    keeps: { sub: [{ id, created }], si: items.map((item) => ({ id: item.id, created: item.created })) },
    problems: leftOut(source),
    usage: source.usage,
    plan: (changes) => {
      const owner = changes.rows.find('customer', customer);
      if (!owner || owner.deleted) return notTaken('customer', customer, 'customer');
      const known = changes.rows.find('subscription', id);
      // Once Dunlin bills a customer, the source does not decide about them any more.
      if (known && isBilledHere(owner)) return 'unchanged';
      if (!known) requireOneBiller(owner, billedBy);
      put(changes, source, owner, known);
      if (known) changes.emitUpdated('customer.subscription.updated', 'subscription', id);
      else changes.emit('customer.subscription.created', 'subscription', id);
      changes.wake('subscription', id, { customer });
      return known ? 'changed' : 'taken';
    },
  };
}

const OVER: Partial<Record<SourceSubscription['status'], string>> = {
  canceled: 'It has ended.',
  incomplete: 'Its first invoice is not paid. Import it again when it is.',
  incomplete_expired: 'Its first invoice was not paid.',
};

/** Older versions leave out what is not set. */
const isSet = (value: unknown): boolean => value !== undefined && value !== null;

const CONNECT = 'Dunlin has no connected accounts.';

function obstacles(source: SourceSubscription): Problem[] {
  const { items, pending_update: update, pending_invoice_item_interval: interval } = source;
  return reasons({
    application: [isSet(source.application), CONNECT],
    transfer_data: [isSet(source.transfer_data), CONNECT],
    on_behalf_of: [isSet(source.on_behalf_of), CONNECT],
    pending_update: [isSet(update), 'A change waits for its payment. Import it again when that is decided.'],
    pending_invoice_item_interval: [
      isSet(interval),
      'Dunlin does not import it. Remove it before the import, and set it after the cut-over.',
    ],
    billing_thresholds: [
      source.threshold_billed,
      'A threshold has billed a part of the running period. Import it again when that is over.',
    ],
    items: [items.has_more, 'It has more than 20 items.'],
  });
}

const leftOut = ({ default_source: source }: SourceSubscription): Problem[] =>
  reasons({ default_source: [isSet(source), 'A source of an older form is not charged. The customer’s default is.'] });

function namedBy(source: SourceSubscription): Taking['named'] {
  const items = source.items.data;
  const rates = [...(source.default_tax_rates ?? []), ...items.flatMap(({ tax_rates: of }) => of ?? [])];
  const discounts = [...source.discounts, ...items.flatMap(({ discounts: of }) => of ?? [])];
  const method = idOrNull(source.default_payment_method);
  const pending = namedByPending(source.pending);
  const planned = namedBySchedule(source.plan);
  const redeemed = namedByDiscounts(discounts);
  return {
    price: [...items.map(({ price }) => price.id), ...pending.price, ...planned.price],
    taxRate: [...rates.map(idOf), ...pending.taxRate, ...planned.taxRate],
    paymentMethod: [...(method === null ? [] : [method]), ...planned.paymentMethod],
    coupon: [...redeemed.coupon, ...planned.coupon],
    promotionCode: [...redeemed.promotionCode, ...planned.promotionCode],
    discount: planned.discount,
  };
}

function put(changes: ChangeSet, source: SourceSubscription, customer: Customer, known: Subscription | undefined): void {
  const { id, currency } = source;
  const prices = new Map(source.items.data.map((item, index) => [item.id, priceOf(changes, item, currency, index)]));
  const resource = known ?? newSubscription({ ...changes.resource('sub'), id }, customer);
  changes.put('subscription', { ...resource, ...settingsOf(changes, source), ...timesOf(source) });
  const kept = source.items.data.map((item, index) => {
    const price = prices.get(item.id) as Price;
    return putItem(changes, source, item, { price, index });
  });
  for (const item of itemsOf(changes.rows, id).filter((each) => !kept.includes(each.id))) {
    changes.patch('subscriptionItem', item.id, { deleted: true });
  }
  const discounts = putDiscounts(changes, source.discounts, { customer: customer.id, subscription: id }, 'discounts');
  changes.patch('subscription', id, { discounts, billedElsewhere: chargedThere(changes, source) });
  putRunning(changes, source, customer);
  putPendingItems(changes, source, customer);
  if (customer.currency === null) changes.patch('customer', customer.id, { currency });
}

function priceOf(changes: ChangeSet, { price: { id } }: SourceItem, currency: string, index: number): Price {
  const param = `items[data][${String(index)}][price]`;
  const price = changes.rows.find('price', id);
  if (!price || !isOfferedIn(price, currency)) return notTaken('price', `${id} in ${currency}`, param);
  if (price.recurring === null) throw new BillingError('parameter_invalid', `The price ${id} is not recurring.`, { param });
  return price;
}

function settingsOf(changes: ChangeSet, source: SourceSubscription): Partial<Subscription> {
  const { automatic_tax: automaticTax, billing_mode: mode, billing_thresholds: thresholds, pause_collection: pause } = source;
  return {
    ...{ currency: source.currency, status: source.status, collectionMethod: source.collection_method },
    ...{ daysUntilDue: source.days_until_due, description: source.description, metadata: mergeMetadata({}, source.metadata) },
    automaticTax: { enabled: automaticTax.enabled, disabled_reason: null },
    billingMode: { type: mode?.type ?? 'classic' },
    billingThresholds: thresholds,
    defaultPaymentMethod: methodOf(changes, source),
    defaultTaxRates: taxRatesIn(changes, source.default_tax_rates, 'default_tax_rates'),
    pauseCollection: pause && { behavior: pause.behavior, resumes_at: pause.resumes_at },
    paymentSettings: paymentOf(source),
    trialSettings: source.trial_settings ?? DEFAULT_TRIAL_SETTINGS,
  };
}

function methodOf(changes: ChangeSet, { customer, default_payment_method: named }: SourceSubscription): string | null {
  const method = idOrNull(named);
  const isOurs = changes.rows.find('paymentMethod', method)?.customer === idOf(customer);
  return method === null || isOurs ? method : notTaken('payment method', method, 'default_payment_method');
}

function paymentOf({ payment_settings: settings }: SourceSubscription): Subscription['paymentSettings'] {
  return {
    payment_method_options: null,
    payment_method_types: settings?.payment_method_types ?? null,
    save_default_payment_method: settings?.save_default_payment_method ?? 'off',
  };
}

function timesOf(source: SourceSubscription): Partial<Subscription> {
  const { cancellation_details: details } = source;
  return {
    startDate: source.start_date,
    billingCycleAnchor: source.billing_cycle_anchor,
    billingCycleAnchorConfig: source.billing_cycle_anchor_config,
    ...{ trialStart: source.trial_start, trialEnd: source.trial_end },
    ...{ cancelAt: cancelAtOf(source), cancelAtPeriodEnd: source.cancel_at_period_end, canceledAt: source.canceled_at },
    cancellationDetails: { comment: null, feedback: null, reason: null, ...details },
  };
}

/** Stripe shows the end of the period as `cancel_at` only in newer versions. */
function cancelAtOf(source: SourceSubscription): number | null {
  if (source.cancel_at !== null || !source.cancel_at_period_end) return source.cancel_at;
  return Math.min(...source.items.data.map((item) => periodOf(source, item).end));
}

function putItem(
  changes: ChangeSet,
  source: SourceSubscription,
  item: SourceItem,
  { price, index }: { price: Price; index: number },
): string {
  const param = `items[data][${String(index)}]`;
  const period = periodOf(source, item);
  requireGrid(source, price, period, `${param}[current_period_end]`);
  const metered = isMetered(price);
  const holder = { customer: idOf(source.customer), subscription: source.id, subscriptionItem: item.id };
  const { usage_gte: usage = null } = item.billing_thresholds ?? {};
  const of: SubscriptionItem = {
    ...changes.resource('si'),
    ...{ id: item.id, created: item.created, deleted: false, subscription: source.id, price: price.id },
    ...{ quantity: metered ? null : (item.quantity ?? 1), usageFrom: metered ? period.start : null },
    billingThresholds: usage === null ? null : { usage_gte: usage },
    ...{ currentPeriodStart: period.start, currentPeriodEnd: period.end },
    discounts: putDiscounts(changes, item.discounts ?? [], holder, `${param}[discounts]`),
    taxRates: taxRatesIn(changes, item.tax_rates, `${param}[tax_rates]`),
    metadata: item.metadata,
  };
  return changes.put('subscriptionItem', of).id;
}

/**
 * The next invoices are due where the source would have made them only if its period ends on the grid of its anchor, as ours does.
 *
 * @throws BillingError parameter_invalid
 */
function requireGrid(source: SourceSubscription, price: Price, { end }: { end: number }, param: string): void {
  const { billing_cycle_anchor: anchor, billing_cycle_anchor_config: config, trial_end: trialEnd } = source;
  if (end === trialEnd || end === source.cancel_at || !price.recurring) return;
  if (billingPeriod(anchor, price.recurring, end - 1, config?.day_of_month).end === end) return;
  throw new BillingError('parameter_invalid', 'The period does not end on the grid of the billing cycle anchor.', { param });
}
