/** The parameters of a quote. Others of Stripe's are rejected by name. */
import { array, emptyable, id, integer, metadata, name, object, oneOf, quantity, text, timestamp } from '../../http/parameters';
import { describedPrice } from '../../schemas/described-price';
import { automaticTax, billingMode, collectionMethod, customFields, discounts, issuer, taxRates } from '../../schemas/subscription';
import { LIMITS } from '../../../domain/core/limits';

const lineShape = {
  discounts: discounts().optional(),
  price: id().optional(),
  price_data: object({ ...describedPrice(), product: id() }).optional(),
  quantity: quantity().optional(),
  tax_rates: taxRates().optional(),
};

export const newLines = () => array(object(lineShape), { max: LIMITS.quoteLines.max });
export const changedLines = () => array(object({ ...lineShape, id: id().optional() }), { max: LIMITS.quoteLines.max });

const dataShape = {
  description: emptyable(text({ max: 500 })).optional(),
  effective_date: emptyable(oneOf(['current_period_end']).or(timestamp())).optional(),
  metadata: metadata().optional(),
  trial_period_days: emptyable(integer({ min: 1, max: LIMITS.trialDays.max })).optional(),
};

export const newData = () => object({ ...dataShape, billing_mode: billingMode().optional() });
export const changedData = () => object(dataShape);

/** Shared by creation and update. */
export const settingsShape = {
  automatic_tax: automaticTax().optional(),
  collection_method: collectionMethod().optional(),
  customer: id().optional(),
  default_tax_rates: taxRates().optional(),
  description: emptyable(text({ max: 500 })).optional(),
  discounts: discounts().optional(),
  expires_at: timestamp().optional(),
  footer: emptyable(text({ max: 500 })).optional(),
  header: emptyable(name({ max: 50 })).optional(),
  invoice_settings: object({
    custom_fields: customFields().optional(),
    days_until_due: integer({ min: 0, max: LIMITS.daysUntilDue.max }).optional(),
    description: emptyable(text({ max: 1500 })).optional(),
    footer: emptyable(text()).optional(),
    issuer: issuer().optional(),
  }).optional(),
  metadata: metadata().optional(),
};

export const UNSUPPORTED: readonly string[] = [
  'application_fee_amount',
  'application_fee_percent',
  'automatic_tax[liability][account]',
  'customer_account',
  'invoice_settings[issuer][account]',
  'on_behalf_of',
  'transfer_data',
];
