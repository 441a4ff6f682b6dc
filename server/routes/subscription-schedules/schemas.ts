/** The parameters of a schedule, in its default settings and by phase. Others of Stripe's are rejected by name. */
import {
  array,
  boolean,
  currency,
  emptyable,
  id,
  integer,
  metadata,
  object,
  oneOf,
  text,
  timestamp,
  timestampOrNow,
} from '../../http/parameters';
import {
  accountTaxIds,
  addInvoiceItems,
  automaticTax,
  billingThresholds,
  collectionMethod,
  customFields,
  discounts,
  issuer,
  itemShape,
  prorationBehavior,
  taxRates,
} from '../../schemas/subscription';
import { planOfItem } from '../../schemas/plan';
import { LIMITS } from '../../../domain/core/limits';

const description = () => emptyable(text({ max: 500 }));
const billingCycleAnchor = () => oneOf(['automatic', 'phase_start']);
const invoiceSettings = () =>
  object({
    account_tax_ids: accountTaxIds().optional(),
    custom_fields: customFields().optional(),
    days_until_due: integer({ min: 0, max: LIMITS.daysUntilDue.max }).optional(),
    description: description().optional(),
    footer: emptyable(text()).optional(),
    issuer: issuer().optional(),
  });

export const endBehavior = () => oneOf(['cancel', 'none', 'release', 'renew']);

export const defaultSettings = () =>
  object({
    automatic_tax: automaticTax().optional(),
    billing_cycle_anchor: billingCycleAnchor().optional(),
    billing_thresholds: billingThresholds().optional(),
    collection_method: collectionMethod().optional(),
    default_payment_method: id().optional(),
    description: description().optional(),
    invoice_settings: invoiceSettings().optional(),
  });

const { plan, price, price_data, quantity, billing_thresholds, metadata: itemMetadata, tax_rates, discounts: itemDiscounts } = itemShape;
const phaseItem = { plan, price, price_data, quantity, billing_thresholds, metadata: itemMetadata, tax_rates, discounts: itemDiscounts };

const phaseShape = {
  add_invoice_items: addInvoiceItems().optional(),
  automatic_tax: automaticTax().optional(),
  billing_cycle_anchor: billingCycleAnchor().optional(),
  billing_thresholds: billingThresholds().optional(),
  collection_method: collectionMethod().optional(),
  currency: currency().optional(),
  default_payment_method: id().optional(),
  default_tax_rates: taxRates().optional(),
  description: description().optional(),
  discounts: discounts().optional(),
  duration: object({
    interval: oneOf(['day', 'week', 'month', 'year']),
    interval_count: integer({ min: 1, max: LIMITS.phaseIntervals.max }).optional(),
  }).optional(),
  invoice_settings: invoiceSettings().optional(),
  items: array(object(phaseItem).transform(planOfItem), { max: LIMITS.subscriptionItems.max }),
  /** From older API versions, instead of `duration`. */
  iterations: integer({ min: 1, max: LIMITS.phaseIntervals.max }).optional(),
  metadata: metadata().optional(),
  proration_behavior: prorationBehavior().optional(),
  trial: boolean().optional(),
};

export const newPhases = () =>
  array(object({ ...phaseShape, end_date: timestamp().optional(), trial_end: timestamp().optional() }), { max: LIMITS.sentPhases.max });

export const changedPhases = () =>
  array(
    object({
      ...phaseShape,
      start_date: timestampOrNow().optional(),
      end_date: timestampOrNow().optional(),
      trial_end: timestampOrNow().optional(),
    }),
    { max: LIMITS.sentPhases.max },
  );

export const UNSUPPORTED_OF_PHASES: readonly string[] = [
  'phases[][add_invoice_items][][discountable]',
  'phases[][add_invoice_items][][metadata]',
  'phases[][add_invoice_items][][period]',
  'phases[][application_fee_percent]',
  'phases[][automatic_tax][liability][account]',
  'phases[][invoice_settings][issuer][account]',
  'phases[][on_behalf_of]',
  'phases[][transfer_data]',
];

export const UNSUPPORTED_OF_SCHEDULES: readonly string[] = [
  ...UNSUPPORTED_OF_PHASES,
  'default_settings[application_fee_percent]',
  'default_settings[automatic_tax][liability][account]',
  'default_settings[invoice_settings][issuer][account]',
  'default_settings[on_behalf_of]',
  'default_settings[transfer_data]',
];
