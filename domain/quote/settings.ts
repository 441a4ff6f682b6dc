/** The terms of a quote other than its lines. */
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import { mergeMetadata } from '../core/metadata';
import type { Quote, QuoteSubscriptionData } from '../rows/quote';
import type { QuoteParameters, QuoteSubscriptionParameters } from './parameters';

type Settings = Pick<
  Quote,
  'automaticTax' | 'collectionMethod' | 'defaultTaxRates' | 'description' | 'footer' | 'header' | 'invoiceSettings' | 'subscriptionData'
>;

/**
 * @throws BillingError parameter_missing if the invoice is sent without days until it is due, parameter_invalid if it is charged with them
 */
export function changedSettings(before: Quote, params: QuoteParameters): Settings {
  const collectionMethod = params.collection_method ?? before.collectionMethod;
  return {
    ...pick(before),
    ...omitUndefined({ description: params.description, footer: params.footer, header: params.header }),
    automaticTax: params.automatic_tax ? { enabled: params.automatic_tax.enabled, status: null, provider: null } : before.automaticTax,
    collectionMethod,
    defaultTaxRates: params.default_tax_rates === undefined ? before.defaultTaxRates : (params.default_tax_rates ?? []),
    invoiceSettings: {
      ...before.invoiceSettings,
      ...omitUndefined(params.invoice_settings ?? {}),
      days_until_due: daysUntilDue(before, params, collectionMethod),
    },
    subscriptionData: changedData(before.subscriptionData, params.subscription_data ?? {}),
  };
}

function pick({ description, footer, header }: Quote) {
  return { description, footer, header };
}

function daysUntilDue(before: Quote, params: QuoteParameters, method: Quote['collectionMethod']): number | null {
  const days = params.invoice_settings?.days_until_due ?? null;
  const param = 'invoice_settings[days_until_due]';
  if (method === 'send_invoice') {
    const kept = days ?? before.invoiceSettings.days_until_due;
    if (kept !== null) return kept;
    throw new BillingError('parameter_missing', 'If invoices are sent, `days_until_due` must be set.', { param });
  }
  if (days === null) return null;
  throw new BillingError('parameter_invalid', 'You can only set `days_until_due` if `collection_method` is `send_invoice`.', { param });
}

/** `metadata` replaces all earlier keys. */
function changedData(before: QuoteSubscriptionData, params: QuoteSubscriptionParameters): QuoteSubscriptionData {
  const { effective_date: date, billing_mode, description, trial_period_days, metadata } = params;
  if (date === 'current_period_end') {
    const message = 'A quote begins a new subscription, which has no current period: give a timestamp.';
    throw new BillingError('parameter_unsupported', message, { param: 'subscription_data[effective_date]' });
  }
  return {
    ...before,
    ...omitUndefined({ billing_mode, description, effective_date: date, trial_period_days }),
    ...(metadata === undefined ? {} : { metadata: metadata && mergeMetadata({}, metadata) }),
  };
}
