import { replacedDiscounts } from '../discount/replacing';
import { BillingError } from '../core/errors';
import { mergeMetadata } from '../core/metadata';
import type { ChangeSet } from '../core/change-set';
import { spendSettings } from '../usage/spend-settings';
import { replaceMethod } from './consolidation';
import { DEFAULT_TRIAL_SETTINGS, ownMethod } from './new-rows';
import { pendingItemBilling } from './pending-interval';
import type { UpdateSubscriptionParameters } from '../rows/subscription-parameters';
import type { Subscription } from '../rows/subscription';

/** The part of an update that costs nothing: collection, payment method, notes, discounts, the pause of collection. */
export function changeSettings(changes: ChangeSet, subscription: Subscription, params: UpdateSubscriptionParameters): void {
  const given = {
    ...collection(changes, subscription, params),
    ...notes(subscription, params),
    discounts: discountsAsked(changes, subscription, params),
    pendingItemBilling: pendingItemBilling(params.pending_invoice_item_interval, {
      now: changes.now,
      before: subscription.pendingItemBilling,
    }),
    ...spendSettings(params, subscription),
  };
  changes.patch('subscription', subscription.id, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
  replaceMethod(changes, subscription);
}

function collection(changes: ChangeSet, subscription: Subscription, params: UpdateSubscriptionParameters) {
  const { default_payment_method: method, default_tax_rates: rates, pause_collection: pause } = params;
  return {
    collectionMethod: params.collection_method,
    daysUntilDue: daysUntilDue(subscription, params),
    defaultPaymentMethod: method === undefined ? undefined : ownMethod(changes, method, subscription.customer),
    defaultTaxRates: rates === null ? [] : rates,
    automaticTax: params.automatic_tax && { enabled: params.automatic_tax.enabled, disabled_reason: null },
    paymentSettings: params.payment_settings && { ...subscription.paymentSettings, ...params.payment_settings },
    invoiceSettings: params.invoice_settings && { ...subscription.invoiceSettings, ...params.invoice_settings },
    trialSettings: params.trial_settings === null ? DEFAULT_TRIAL_SETTINGS : params.trial_settings,
    pauseCollection: pause && { ...pause, resumes_at: pause.resumes_at ?? null },
  };
}

function notes(subscription: Subscription, params: UpdateSubscriptionParameters) {
  return {
    metadata: params.metadata === undefined ? undefined : mergeMetadata(subscription.metadata, params.metadata),
    description: params.description,
    cancellationDetails: params.cancellation_details && { ...subscription.cancellationDetails, ...params.cancellation_details },
  };
}

function discountsAsked(changes: ChangeSet, subscription: Subscription, params: UpdateSubscriptionParameters): string[] | undefined {
  if (params.discounts === undefined) return undefined;
  return replacedDiscounts(changes, subscription, params.discounts ?? [], params.payment_behavior !== 'error_if_incomplete');
}

/**
 * The days until a sent invoice is due.
 *
 * @throws BillingError parameter_missing if invoices are sent without them; parameter_invalid if invoices are charged
 */
function daysUntilDue(subscription: Subscription, params: UpdateSubscriptionParameters): number | null | undefined {
  const method = params.collection_method ?? subscription.collectionMethod;
  if (method === 'charge_automatically') {
    if ((params.days_until_due ?? null) === null) return params.collection_method ? null : undefined;
    const message = 'You can only set `days_until_due` if `collection_method` is `send_invoice`.';
    throw new BillingError('parameter_invalid', message, { param: 'days_until_due' });
  }
  const days = params.days_until_due ?? subscription.daysUntilDue;
  if (days !== null) return days;
  throw new BillingError('parameter_missing', 'You must pass `days_until_due` to send invoices.', { param: 'days_until_due' });
}
