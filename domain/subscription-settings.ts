import { requestedDiscounts } from './discount-requests';
import { BillingError } from './errors';
import { mergeMetadata } from './metadata';
import type { Plan } from './plan';
import { ownMethod } from './subscription-creation';
import type { UpdateSubscriptionParameters } from './subscription-parameters';
import type { Subscription } from './subscription';

/** What of an update costs nothing: how it is collected, who pays by what, notes, discounts, the pause of its collection. */
export function changeSettings(plan: Plan, subscription: Subscription, asked: UpdateSubscriptionParameters): void {
  const given = {
    metadata: asked.metadata === undefined ? undefined : mergeMetadata(subscription.metadata, asked.metadata),
    description: asked.description,
    collectionMethod: asked.collection_method,
    daysUntilDue: daysUntilDue(subscription, asked),
    defaultPaymentMethod: asked.default_payment_method === undefined ? undefined : ownMethod(plan, asked.default_payment_method, subscription.customer),
    defaultTaxRates: asked.default_tax_rates === undefined ? undefined : (asked.default_tax_rates ?? []),
    paymentSettings: asked.payment_settings && { ...subscription.paymentSettings, ...asked.payment_settings },
    invoiceSettings: asked.invoice_settings && { ...subscription.invoiceSettings, ...asked.invoice_settings },
    trialSettings: asked.trial_settings === null ? CREATE_INVOICE : asked.trial_settings,
    pauseCollection: asked.pause_collection === undefined ? undefined : asked.pause_collection && { ...asked.pause_collection, resumes_at: asked.pause_collection.resumes_at ?? null },
    cancellationDetails: asked.cancellation_details && { ...subscription.cancellationDetails, ...asked.cancellation_details },
    discounts: discountsAsked(plan, subscription, asked),
  };
  plan.patch('subscription', subscription.id, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
}

const CREATE_INVOICE: Subscription['trialSettings'] = { end_behavior: { missing_payment_method: 'create_invoice' } };

function discountsAsked(plan: Plan, subscription: Subscription, asked: UpdateSubscriptionParameters): string[] | undefined {
  if (asked.discounts === undefined) return undefined;
  return requestedDiscounts(plan, asked.discounts ?? [], { subscription: subscription.id, customer: subscription.customer });
}

/** Throws parameter_missing: an invoice that is sent needs the days until it is due. */
function daysUntilDue(subscription: Subscription, asked: UpdateSubscriptionParameters): number | null | undefined {
  const method = asked.collection_method ?? subscription.collectionMethod;
  if (method === 'charge_automatically') return asked.collection_method ? null : undefined;
  const days = asked.days_until_due ?? subscription.daysUntilDue;
  if (days !== null) return days;
  throw new BillingError('parameter_missing', 'You must pass `days_until_due` to send invoices.', { param: 'days_until_due' });
}
