/**
 * The invoice that a change would make, or the next one by itself: the very plan that would be committed, of which nothing is
 * written. A change that is billed now shows that invoice; any other shows the next cycle's, with what waits for it.
 */
import { BillingError } from '../core/errors';
import { createSubscription } from '../subscription/creation';
import { cancelOnSchedule, cancelSubscription } from '../subscription/cancellation';
import { updateSubscription } from '../subscription/change';
import { phasesBeforeCycle, previewSchedule, type SchedulePreviewParameters } from './schedule-preview';
import { renewSubscription } from '../subscription/renewal';
import { discountsAt, draftInvoice, pendingItems } from '../line/draft';
import { otherCurrency } from '../invoice/line-requests';
import { itemsOf } from '../subscription-item/items';
import type { Plan } from '../core/change-set';
import type { CreateSubscriptionParameters, ItemParameters, ProrationBehavior } from '../rows/subscription-parameters';
import type { Subscription } from '../rows/subscription';
import { calledBy } from '../core/nested-refusal';

export interface PreviewParameters extends SchedulePreviewParameters {
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

/** Puts the previewed invoice, still a draft, and answers its id. Throws invoice_upcoming_none, and whatever the change would. */
export function planPreview(plan: Plan, asked: PreviewParameters): string {
  const before = new Set(plan.rows.all('invoice').map((invoice) => invoice.id));
  const scheduled = previewSchedule(plan, asked);
  const subscription = plan.rows.find('subscription', scheduled ?? asked.subscription ?? null);
  if (subscription && (asked.currency ?? subscription.currency) !== subscription.currency) {
    throw otherCurrency(asked.currency ?? '', subscription.currency, 'currency');
  }
  if (scheduled === null) apply(plan, subscription, asked);
  return madeSince(plan, before, asked) ?? nextInvoice(plan, asked);
}

function apply(plan: Plan, subscription: Subscription | undefined, asked: PreviewParameters): void {
  if (!subscription && asked.subscription_details?.items) createPreviewed(plan, asked);
  else if (subscription) change(plan, subscription, asked);
  else draftPending(plan, asked);
}

function createPreviewed(plan: Plan, asked: PreviewParameters): void {
  calledBy({ backdate_start_date: 'subscription_details[start_date]' }, () => {
    createSubscription(plan, creation(plan, asked));
  });
}

function madeSince(plan: Plan, before: Set<string>, { preview_mode: mode }: PreviewParameters): string | undefined {
  const made = plan.rows.all('invoice').filter((invoice) => !before.has(invoice.id));
  return mode === 'recurring' ? undefined : made.at(-1)?.id;
}

function creation(plan: Plan, asked: PreviewParameters) {
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
  } = asked.subscription_details ?? {};
  const parameters: CreateSubscriptionParameters = {
    customer: asked.customer,
    ...(asked.currency === undefined ? {} : { currency: asked.currency }),
    items,
    payment_behavior: 'default_incomplete',
    ...(typeof billing_cycle_anchor === 'number' ? { billing_cycle_anchor } : {}),
    ...present({ cancel_at, cancel_at_period_end }),
    ...(default_tax_rates ? { default_tax_rates } : {}),
    ...(start_date === undefined ? {} : { backdate_start_date: start_date }),
    ...(trial_end === undefined ? {} : { trial_end }),
    ...(billing_mode ? { billing_mode } : {}),
    ...(proration_behavior ? { proration_behavior } : {}),
  };
  const subject = plan.id('sub');
  const workflow = `subscription/${subject}`;
  return { subject, target: null, at: plan.now, parameters: { ...parameters }, answer: null, workflow, customer: asked.customer };
}

function change(plan: Plan, subscription: Subscription, asked: PreviewParameters): void {
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
  } = asked.subscription_details ?? {};
  const details = present({ items, cancel_at, cancel_at_period_end, default_tax_rates, proration_behavior, proration_date, trial_end });
  const path = { subscription: subscription.id };
  if (billing_mode && billing_mode.type !== subscription.billingMode.type) throw otherMode(subscription);
  if (cancel_now) {
    cancelSubscription(plan, subscription.id, { path, prorate: proration_behavior !== 'none', invoice_now: true });
    return;
  }
  const anchor = billing_cycle_anchor === 'now' || billing_cycle_anchor === 'unchanged' ? { billing_cycle_anchor } : {};
  updateSubscription(plan, subscription.id, { path, ...details, ...anchor });
}

function otherMode({ id, billingMode }: Subscription): BillingError {
  const param = 'subscription_details[billing_mode][type]';
  return new BillingError('parameter_invalid', `The billing mode of ${id} is ${billingMode.type}.`, { param });
}

function present<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** Without a subscription: what the customer's pending items come to. */
function draftPending(plan: Plan, asked: PreviewParameters): void {
  const customer = plan.rows.get('customer', asked.customer);
  const currency = asked.currency ?? customer.currency ?? plan.rows.all('invoiceItem')[0]?.currency ?? 'usd';
  const items = pendingItems(plan.rows, customer.id, null, currency);
  if (items.length === 0) throw none(asked);
  draftInvoice(plan, {
    customer,
    subscription: null,
    currency,
    billingReason: 'manual',
    collectionMethod: 'charge_automatically',
    daysUntilDue: null,
    autoAdvance: true,
    automaticallyFinalizesAt: null,
    period: { start: plan.now, end: plan.now },
    lines: [],
    items,
    discounts: discountsAt(plan.rows, customer, null, plan.now),
    defaultTaxRates: [],
  });
}

/** That of a phase which begins before the next cycle and is billed at once, or else the cycle's. */
function nextInvoice(plan: Plan, asked: PreviewParameters): string {
  const subscription = plan.rows.all('subscription').at(-1);
  const made = subscription ? phasesBeforeCycle(plan, subscription.id) : null;
  return made === null || asked.preview_mode === 'recurring' ? nextCycle(plan, asked) : made;
}

function nextCycle(plan: Plan, asked: PreviewParameters): string {
  const subscription = plan.rows.all('subscription').at(-1);
  if (!subscription || ['canceled', 'incomplete_expired', 'paused'].includes(subscription.status)) throw none(asked);
  if (asked.preview_mode === 'recurring') {
    for (const item of plan.rows.where('invoiceItem', (each) => each.invoice === null))
      plan.patch('invoiceItem', item.id, { deleted: true });
  }
  const before = new Set(plan.rows.all('invoice').map((invoice) => invoice.id));
  bringToNext(plan, subscription);
  const made = plan.rows.where('invoice', (invoice) => !before.has(invoice.id)).at(-1);
  if (!made) throw none(asked);
  return made.id;
}

/** The cycle's invoice; that of an end which is planned before it, where something waits for one or was used. */
function bringToNext(plan: Plan, { id, cancelAt }: Subscription): void {
  const at = Math.min(...itemsOf(plan.rows, id).map((item) => item.currentPeriodEnd));
  if (cancelAt !== null && cancelAt <= at) cancelOnSchedule(plan, id, cancelAt);
  else renewSubscription(plan, id, at);
}

const none = ({ customer }: PreviewParameters): BillingError =>
  new BillingError('invoice_upcoming_none', `No upcoming invoices for customer: ${customer}`);
