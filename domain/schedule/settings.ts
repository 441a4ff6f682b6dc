/** The billing settings of a schedule's subscription: the phase's, else the schedule's default settings. */
import { BillingError } from '../core/errors';
import { omitUndefined } from '../core/omit-undefined';
import type { ChangeSet } from '../core/change-set';
import type { PhaseParameters, SettingsParameters } from './parameters';
import type { SubscriptionSettingsParameters } from '../rows/subscription-parameters';
import { ownMethod } from '../subscription/new-rows';
import { thresholdsOf } from '../usage/spend-settings';
import type { Subscription } from '../rows/subscription';
import type { PhaseInvoiceSettings, SchedulePhase, ScheduleSettings } from '../rows/subscription-schedule';

const NO_INVOICE_SETTINGS: PhaseInvoiceSettings = {
  account_tax_ids: null,
  custom_fields: null,
  days_until_due: null,
  description: null,
  footer: null,
};

export const DEFAULT_SETTINGS: ScheduleSettings = {
  automatic_tax: { enabled: false, disabled_reason: null },
  billing_cycle_anchor: 'automatic',
  billing_thresholds: null,
  collection_method: 'charge_automatically',
  default_payment_method: null,
  description: null,
  invoice_settings: NO_INVOICE_SETTINGS,
};

/** The settings of a subscription, as defaults for its phases. */
export function settingsOfSubscription(subscription: Subscription): ScheduleSettings {
  const { collectionMethod, daysUntilDue, defaultPaymentMethod, description, invoiceSettings: invoice } = subscription;
  return {
    ...DEFAULT_SETTINGS,
    automatic_tax: subscription.automaticTax,
    billing_thresholds: subscription.billingThresholds,
    collection_method: collectionMethod,
    default_payment_method: defaultPaymentMethod,
    description,
    invoice_settings: {
      account_tax_ids: invoice.account_tax_ids ?? null,
      custom_fields: invoice.custom_fields ?? null,
      days_until_due: daysUntilDue,
      description: invoice.description ?? null,
      footer: invoice.footer ?? null,
    },
  };
}

/** @throws BillingError resource_missing for a payment method that is not the customer's */
export function changedSettings(
  changes: ChangeSet,
  settings: ScheduleSettings,
  params: SettingsParameters | undefined,
  customer: string,
): ScheduleSettings {
  if (!params) return settings;
  const { billing_cycle_anchor, collection_method, default_payment_method, description, invoice_settings: invoice } = params;
  const { billing_thresholds: thresholds } = params;
  ownMethod(changes, default_payment_method ?? null, customer);
  return {
    ...settings,
    ...omitUndefined({ billing_cycle_anchor, collection_method, default_payment_method, description }),
    ...omitUndefined({ billing_thresholds: thresholds && thresholdsOf(thresholds) }),
    ...automaticTaxAsked(params),
    invoice_settings: { ...settings.invoice_settings, ...invoice },
  };
}

/**
 * Sent invoices need the days until they are due.
 *
 * @throws BillingError parameter_missing
 */
export function phaseInvoiceSettings(
  { collection_method, invoice_settings: params }: PhaseParameters,
  settings: ScheduleSettings,
  param: string,
): PhaseInvoiceSettings | null {
  const isSent = (collection_method ?? settings.collection_method) === 'send_invoice';
  if (isSent && (params?.days_until_due ?? settings.invoice_settings.days_until_due) === null) {
    throw new BillingError('parameter_missing', 'You must pass `days_until_due` to send invoices.', {
      param: `${param}[invoice_settings][days_until_due]`,
    });
  }
  return params ? { ...NO_INVOICE_SETTINGS, ...params } : null;
}

/** Automatic tax as a request sets it, for a phase or for all. */
export function automaticTaxAsked({
  automatic_tax: asked,
}: Pick<PhaseParameters, 'automatic_tax'>): Pick<ScheduleSettings, 'automatic_tax'> {
  return asked ? { automatic_tax: { enabled: asked.enabled, disabled_reason: null } } : {};
}

/** The subscription's settings in a phase. If the phase's card was detached meanwhile, the customer's default is used. */
export function settingsIn(changes: ChangeSet, phase: SchedulePhase, settings: ScheduleSettings): SubscriptionSettingsParameters {
  const collection = phase.collection_method ?? settings.collection_method;
  const method = phase.default_payment_method ?? settings.default_payment_method;
  const { days_until_due: days, ...invoice } = invoiceSettingsIn(phase, settings);
  return {
    ...automaticTaxIn(phase, settings),
    billing_thresholds: (phase.billing_thresholds === undefined ? settings.billing_thresholds : phase.billing_thresholds) ?? null,
    collection_method: collection,
    ...(collection === 'send_invoice' && days !== null ? { days_until_due: days } : {}),
    default_payment_method: changes.rows.find('paymentMethod', method)?.customer ? method : null,
    default_tax_rates: phase.default_tax_rates,
    description: phase.description ?? settings.description,
    invoice_settings: invoice,
    metadata: phase.metadata,
  };
}

function automaticTaxIn(phase: SchedulePhase, settings: ScheduleSettings): Pick<SubscriptionSettingsParameters, 'automatic_tax'> {
  const automaticTax = phase.automatic_tax ?? settings.automatic_tax;
  return automaticTax ? { automatic_tax: { enabled: automaticTax.enabled } } : {};
}

/** Each setting of the phase, else of the schedule. */
function invoiceSettingsIn(phase: SchedulePhase, settings: ScheduleSettings) {
  const own = <K extends keyof PhaseInvoiceSettings>(name: K) => phase.invoice_settings?.[name] ?? settings.invoice_settings[name];
  return {
    account_tax_ids: own('account_tax_ids') ?? null,
    custom_fields: own('custom_fields'),
    days_until_due: own('days_until_due'),
    description: own('description'),
    footer: own('footer'),
  };
}
