/** The terms of a quote beside its lines. */
import { BillingError } from '../core/errors';
import { given } from '../core/omit-undefined';
import { mergeMetadata } from '../core/metadata';
import type { Quote, QuoteSubscriptionData } from '../rows/quote';
import type { QuoteParameters, QuoteSubscriptionParameters } from './parameters';

type Settings = Pick<
  Quote,
  'collectionMethod' | 'defaultTaxRates' | 'description' | 'footer' | 'header' | 'invoiceSettings' | 'subscriptionData'
>;

/** Throws parameter_missing for an invoice that is sent without days until it is due, parameter_invalid for one that is charged with them. */
export function changedSettings(before: Quote, asked: QuoteParameters): Settings {
  const collectionMethod = asked.collection_method ?? before.collectionMethod;
  return {
    ...pick(before),
    ...given({ description: asked.description, footer: asked.footer, header: asked.header }),
    collectionMethod,
    defaultTaxRates: asked.default_tax_rates === undefined ? before.defaultTaxRates : (asked.default_tax_rates ?? []),
    invoiceSettings: {
      ...before.invoiceSettings,
      ...given(asked.invoice_settings ?? {}),
      days_until_due: daysUntilDue(before, asked, collectionMethod),
    },
    subscriptionData: changedData(before.subscriptionData, asked.subscription_data ?? {}),
  };
}

function pick({ description, footer, header }: Quote) {
  return { description, footer, header };
}

function daysUntilDue(before: Quote, asked: QuoteParameters, method: Quote['collectionMethod']): number | null {
  const days = asked.invoice_settings?.days_until_due ?? null;
  const param = 'invoice_settings[days_until_due]';
  if (method === 'send_invoice') {
    const kept = days ?? before.invoiceSettings.days_until_due;
    if (kept !== null) return kept;
    throw new BillingError('parameter_missing', 'If invoices are sent, `days_until_due` must be set.', { param });
  }
  if (days === null) return null;
  throw new BillingError('parameter_invalid', 'You can only set `days_until_due` if `collection_method` is `send_invoice`.', { param });
}

/** `metadata` is said whole: what was there before is gone. */
function changedData(before: QuoteSubscriptionData, asked: QuoteSubscriptionParameters): QuoteSubscriptionData {
  const { effective_date: date, billing_mode, description, trial_period_days, metadata } = asked;
  if (date === 'current_period_end') {
    const message = 'A quote begins a new subscription, which has no current period: give a timestamp.';
    throw new BillingError('parameter_unsupported', message, { param: 'subscription_data[effective_date]' });
  }
  return {
    ...before,
    ...given({ billing_mode, description, effective_date: date, trial_period_days }),
    ...(metadata === undefined ? {} : { metadata: metadata && mergeMetadata({}, metadata) }),
  };
}
