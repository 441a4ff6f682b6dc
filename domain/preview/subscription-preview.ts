/**
 * The invoice that a change would make, or the next automatic one. It runs the same planner as a commit and writes nothing. A change that
 * is billed now shows its own invoice; any other shows the next cycle's invoice, with the pending items.
 */
import { BillingError } from '../core/errors';
import { createSubscription } from '../subscription/creation';
import { cancelOnSchedule, cancelSubscription } from '../subscription/cancellation';
import { updateSubscription } from '../subscription/change';
import { phasesBeforeCycle, previewSchedule, type SchedulePreviewParameters } from './schedule-preview';
import { renewSubscription } from '../subscription/renewal';
import { discountsAt, draftApart, draftInvoice, pendingItems } from '../line/draft';
import { otherCurrency } from '../invoice/line-requests';
import { itemsOf } from '../subscription-item/items';
import type { ChangeSet } from '../core/change-set';
import type { CreateSubscriptionParameters, ItemParameters, ProrationBehavior } from '../rows/subscription-parameters';
import type { Subscription } from '../rows/subscription';
import { calledBy } from '../core/nested-refusal';

export interface PreviewParameters extends SchedulePreviewParameters {
  automatic_tax?: { enabled: boolean };
  subscription?: string;
  preview_mode?: 'next' | 'recurring';
  currency?: string;
  subscription_details?: {
    items?: ItemParameters[];
    billing_cycle_anchor?: number | 'now' | 'unchanged';
    billing_mode?: { type: 'classic' | 'flexible' };
    cancel_at?: number | 'min_period_end' | 'max_period_end' | null;
    cancel_at_period_end?: boolean;
    cancel_now?: boolean;
    default_tax_rates?: string[] | null;
    proration_behavior?: ProrationBehavior;
    proration_date?: number;
    start_date?: number;
    trial_end?: number | 'now';
  };
}

/**
 * Puts the previewed invoice, still a draft, and returns its id.
 *
 * @throws BillingError invoice_upcoming_none, and as the change does
 */
export function planPreview(changes: ChangeSet, params: PreviewParameters): string {
  const before = new Set(changes.rows.all('invoice').map((invoice) => invoice.id));
  const scheduled = previewSchedule(changes, params);
  const subscription = changes.rows.find('subscription', scheduled ?? params.subscription ?? null);
  if (subscription && (params.currency ?? subscription.currency) !== subscription.currency) {
    throw otherCurrency(params.currency ?? '', subscription.currency, 'currency');
  }
  if (scheduled === null) apply(changes, subscription, params);
  return madeSince(changes, before, params) ?? nextInvoice(changes, params);
}

function apply(changes: ChangeSet, subscription: Subscription | undefined, params: PreviewParameters): void {
  if (!subscription && params.subscription_details?.items) createPreviewed(changes, params);
  else if (subscription) change(changes, subscription, params);
  else draftPending(changes, params);
}

function createPreviewed(changes: ChangeSet, params: PreviewParameters): void {
  calledBy({ backdate_start_date: 'subscription_details[start_date]' }, () => {
    createSubscription(changes, creation(changes, params));
  });
}

function madeSince(changes: ChangeSet, before: Set<string>, { preview_mode: mode }: PreviewParameters): string | undefined {
  const made = changes.rows.all('invoice').filter((invoice) => !before.has(invoice.id));
  return mode === 'recurring' ? undefined : made.at(-1)?.id;
}

function creation(changes: ChangeSet, params: PreviewParameters) {
  const {
    items = [],
    billing_cycle_anchor,
    cancel_at,
    cancel_at_period_end,
    default_tax_rates,
    start_date,
    trial_end,
    billing_mode,
    proration_behavior,
  } = params.subscription_details ?? {};
  const parameters: CreateSubscriptionParameters = {
    customer: params.customer,
    ...(params.currency === undefined ? {} : { currency: params.currency }),
    items,
    payment_behavior: 'default_incomplete',
    ...(typeof billing_cycle_anchor === 'number' ? { billing_cycle_anchor } : {}),
    ...present({ automatic_tax: params.automatic_tax, cancel_at, cancel_at_period_end }),
    ...(default_tax_rates ? { default_tax_rates } : {}),
    ...(start_date === undefined ? {} : { backdate_start_date: start_date }),
    ...(trial_end === undefined ? {} : { trial_end }),
    ...(billing_mode ? { billing_mode } : {}),
    ...(proration_behavior ? { proration_behavior } : {}),
  };
  const subject = changes.id('sub');
  const workflow = `subscription/${subject}`;
  return { subject, target: null, at: changes.now, parameters: { ...parameters }, answer: null, workflow, customer: params.customer };
}

function change(changes: ChangeSet, subscription: Subscription, params: PreviewParameters): void {
  const {
    billing_mode,
    cancel_now,
    billing_cycle_anchor,
    items,
    cancel_at,
    cancel_at_period_end,
    default_tax_rates,
    proration_behavior,
    proration_date,
    trial_end,
  } = params.subscription_details ?? {};
  const settings = present({ automatic_tax: params.automatic_tax, cancel_at, cancel_at_period_end, default_tax_rates });
  const details = { ...settings, ...present({ items, proration_behavior, proration_date, trial_end }) };
  const path = { subscription: subscription.id };
  if (billing_mode && billing_mode.type !== subscription.billingMode.type) throw otherMode(subscription);
  if (cancel_now) {
    cancelSubscription(changes, subscription.id, { path, prorate: proration_behavior !== 'none', invoice_now: true });
    return;
  }
  const anchor = billing_cycle_anchor === 'now' || billing_cycle_anchor === 'unchanged' ? { billing_cycle_anchor } : {};
  updateSubscription(changes, subscription.id, { path, ...details, ...anchor });
}

function otherMode({ id, billingMode }: Subscription): BillingError {
  const param = 'subscription_details[billing_mode][type]';
  return new BillingError('parameter_invalid', `The billing mode of ${id} is ${billingMode.type}.`, { param });
}

function present<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** Without a subscription: an invoice of the customer's pending items. */
function draftPending(changes: ChangeSet, params: PreviewParameters): void {
  const customer = changes.rows.get('customer', params.customer);
  const currency = params.currency ?? customer.currency ?? changes.rows.all('invoiceItem')[0]?.currency ?? 'usd';
  const items = pendingItems(changes.rows, customer.id, null, currency);
  if (items.length === 0) throw none(params);
  draftInvoice(changes, {
    ...draftApart(changes.now),
    customer,
    currency,
    autoAdvance: true,
    lines: [],
    items,
    discounts: discountsAt(changes.rows, customer, null, changes.now),
    automaticTax: params.automatic_tax?.enabled ?? false,
  });
}

/** The invoice of a phase that begins before the next cycle and is billed at once, or else the cycle's invoice. */
function nextInvoice(changes: ChangeSet, params: PreviewParameters): string {
  const subscription = changes.rows.all('subscription').at(-1);
  const made = subscription ? phasesBeforeCycle(changes, subscription.id) : null;
  return made === null || params.preview_mode === 'recurring' ? nextCycle(changes, params) : made;
}

function nextCycle(changes: ChangeSet, params: PreviewParameters): string {
  const subscription = changes.rows.all('subscription').at(-1);
  if (!subscription || ['canceled', 'incomplete_expired', 'paused'].includes(subscription.status)) throw none(params);
  if (params.preview_mode === 'recurring') {
    for (const item of changes.rows.where('invoiceItem', (each) => each.invoice === null))
      changes.patch('invoiceItem', item.id, { deleted: true });
  }
  const before = new Set(changes.rows.all('invoice').map((invoice) => invoice.id));
  bringToNext(changes, subscription);
  const made = changes.rows.where('invoice', (invoice) => !before.has(invoice.id)).at(-1);
  if (!made) throw none(params);
  return made.id;
}

/** Advances to the cycle's invoice, or to that of an end planned before it, if it has pending items or usage. */
function bringToNext(changes: ChangeSet, { id, cancelAt }: Subscription): void {
  const at = Math.min(...itemsOf(changes.rows, id).map((item) => item.currentPeriodEnd));
  if (cancelAt !== null && cancelAt <= at) cancelOnSchedule(changes, id, cancelAt);
  else renewSubscription(changes, id, at);
}

const none = ({ customer }: PreviewParameters): BillingError =>
  new BillingError('invoice_upcoming_none', `No upcoming invoices for customer: ${customer}`);
