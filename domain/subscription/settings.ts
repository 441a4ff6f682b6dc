import { replacedDiscounts } from '../discount/replacing';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { Plan } from '../core/change-set';
import { spendSettings } from '../usage/spend-settings';
import { DEFAULT_TRIAL_SETTINGS, ownMethod } from './new-rows';
import type { UpdateSubscriptionParameters } from '../rows/subscription-parameters';
import type { Subscription } from '../rows/subscription';

/** What of an update costs nothing: how it is collected, who pays by what, notes, discounts, the pause of its collection. */
export function changeSettings(plan: Plan, subscription: Subscription, asked: UpdateSubscriptionParameters): void {
  const given = {
    ...collection(plan, subscription, asked),
    ...notes(subscription, asked),
    discounts: discountsAsked(plan, subscription, asked),
    ...spendSettings(asked, subscription),
  };
  plan.patch('subscription', subscription.id, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
}

function collection(plan: Plan, subscription: Subscription, asked: UpdateSubscriptionParameters) {
  const { default_payment_method: method, default_tax_rates: rates, pause_collection: pause } = asked;
  return {
    collectionMethod: asked.collection_method,
    daysUntilDue: daysUntilDue(subscription, asked),
    defaultPaymentMethod: method === undefined ? undefined : ownMethod(plan, method, subscription.customer),
    defaultTaxRates: rates === null ? [] : rates,
    paymentSettings: asked.payment_settings && { ...subscription.paymentSettings, ...asked.payment_settings },
    invoiceSettings: asked.invoice_settings && { ...subscription.invoiceSettings, ...asked.invoice_settings },
    trialSettings: asked.trial_settings === null ? DEFAULT_TRIAL_SETTINGS : asked.trial_settings,
    pauseCollection: pause && { ...pause, resumes_at: pause.resumes_at ?? null },
  };
}

function notes(subscription: Subscription, asked: UpdateSubscriptionParameters) {
  return {
    metadata: asked.metadata === undefined ? undefined : mergeMetadata(subscription.metadata, asked.metadata),
    description: asked.description,
    cancellationDetails: asked.cancellation_details && { ...subscription.cancellationDetails, ...asked.cancellation_details },
  };
}

function discountsAsked(plan: Plan, subscription: Subscription, asked: UpdateSubscriptionParameters): string[] | undefined {
  if (asked.discounts === undefined) return undefined;
  return replacedDiscounts(plan, subscription, asked.discounts ?? [], asked.payment_behavior !== 'error_if_incomplete');
}

/** Throws parameter_missing: an invoice that is sent needs the days until it is due; parameter_invalid: one that is charged has none. */
function daysUntilDue(subscription: Subscription, asked: UpdateSubscriptionParameters): number | null | undefined {
  const method = asked.collection_method ?? subscription.collectionMethod;
  if (method === 'charge_automatically') {
    if ((asked.days_until_due ?? null) === null) return asked.collection_method ? null : undefined;
    const message = 'You can only set `days_until_due` if `collection_method` is `send_invoice`.';
    throw new BillingError('parameter_invalid', message, { param: 'days_until_due' });
  }
  const days = asked.days_until_due ?? subscription.daysUntilDue;
  if (days !== null) return days;
  throw new BillingError('parameter_missing', 'You must pass `days_until_due` to send invoices.', { param: 'days_until_due' });
}
