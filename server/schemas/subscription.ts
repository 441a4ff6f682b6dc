/** Parameters that several subscription operations share. Others of Stripe's are rejected by name. */
import {
  array,
  boolean,
  currency,
  emptyable,
  id,
  integer,
  metadata,
  name,
  object,
  oneOf,
  quantity,
  signedAmount,
  signedAmountDecimal,
  text,
  timestamp,
  unitAmount,
  unitAmountDecimal,
} from '../http/parameters';
import { methodType } from './payment-method';
import { planOfItem } from './plan';
import { recurring } from './price';
import { LIMITS } from '../../domain/core/limits';

export const taxRates = () => emptyable(array(id(), { max: LIMITS.taxRates.max }));
const discount = () => object({ coupon: id().optional(), discount: id().optional(), promotion_code: id().optional() });
/** In the order of use; an empty value removes them. */
export const discounts = () => emptyable(array(discount(), { max: LIMITS.discounts.max }));
export const prorationBehavior = () => oneOf(['create_prorations', 'always_invoice', 'none']);
export const paymentBehavior = () => oneOf(['allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete']);
/** The account's own tax ids that invoices show. */
export const accountTaxIds = () => emptyable(array(id(), { max: LIMITS.accountTaxIds.max }));
/** Without Connect, only the account itself issues invoices. */
export const issuer = () => object({ type: oneOf(['self']) });
export const collectionMethod = () => oneOf(['charge_automatically', 'send_invoice']);
export const customFields = () => emptyable(array(object({ name: name({ max: 40 }), value: name({ max: 140 }) }), { max: 4 }));
/** How documents show inclusive prices. */
export const amountTaxDisplay = () => emptyable(oneOf(['exclude_tax', 'include_inclusive_tax']));
/** Dunlin charges cards only. */
export const paymentMethodTypes = () => emptyable(array(methodType()));

/** Tax from places and registrations. The seller itself is liable for it: there is no Connect here. */
export const automaticTax = () => object({ enabled: boolean(), liability: object({ type: oneOf(['self']) }).optional() });

const priceTerms = {
  currency: currency(),
  product: id(),
  tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']).optional(),
};

/** A negative amount is a credit. */
export const oneTimePriceData = () =>
  object({ ...priceTerms, unit_amount: signedAmount().optional(), unit_amount_decimal: signedAmountDecimal().optional() });
const recurringPriceData = () =>
  object({
    ...priceTerms,
    unit_amount: unitAmount().optional(),
    unit_amount_decimal: unitAmountDecimal().optional(),
    recurring: object({ interval: oneOf(['day', 'week', 'month', 'year']), interval_count: integer({ min: 1 }).optional() }),
  });

/** The parameters of one item. */
export const itemShape = {
  plan: id().optional(),
  price: id().optional(),
  price_data: recurringPriceData().optional(),
  quantity: quantity().optional(),
  billing_thresholds: emptyable(object({ usage_gte: integer({ min: 1, max: LIMITS.usageQuantity.max }) })).optional(),
  discounts: discounts().optional(),
  metadata: metadata().optional(),
  tax_rates: taxRates().optional(),
};

export const newItems = () => array(object(itemShape).transform(planOfItem), { max: LIMITS.subscriptionItems.max });
export const changedItems = () =>
  array(
    object({ ...itemShape, id: id().optional(), deleted: boolean().optional(), clear_usage: boolean().optional() }).transform(planOfItem),
    {
      max: LIMITS.changedItems.max,
    },
  );

export const addInvoiceItems = () =>
  array(
    object({
      discounts: array(discount(), { max: LIMITS.discounts.max }).optional(),
      price: id().optional(),
      price_data: oneTimePriceData().optional(),
      quantity: quantity({ min: 1 }).optional(),
      tax_rates: taxRates().optional(),
    }),
    { max: LIMITS.subscriptionItems.max },
  );

/** Why the customer left, in the customer's words. */
export const cancellationDetails = () =>
  object({
    comment: emptyable(text()).optional(),
    feedback: emptyable(
      oneOf(['customer_service', 'low_quality', 'missing_features', 'other', 'switched_service', 'too_complex', 'too_expensive', 'unused']),
    ).optional(),
  });

/** A time in the future, or a word with which Stripe derives it from the items' periods. */
export const cancelAt = () => emptyable(oneOf(['min_period_end', 'max_period_end']).or(timestamp()));

export const billingThresholds = () =>
  emptyable(
    object({ amount_gte: integer({ min: 1, max: LIMITS.usageAmount.max }).optional(), reset_billing_cycle_anchor: boolean().optional() }),
  );

const spendBound = () => emptyable(object({ amount: integer({ min: 1, max: LIMITS.chargeAmount.max }) }));

/** Shared by creation and update. */
export const settingsShape = {
  add_invoice_items: addInvoiceItems().optional(),
  automatic_tax: automaticTax().optional(),
  billing_thresholds: billingThresholds().optional(),
  cancel_at: cancelAt().optional(),
  cancel_at_period_end: boolean().optional(),
  collection_method: collectionMethod().optional(),
  days_until_due: integer({ min: 0, max: LIMITS.daysUntilDue.max }).optional(),
  default_payment_method: emptyable(id()).optional(),
  default_tax_rates: taxRates().optional(),
  description: emptyable(text({ max: 500 })).optional(),
  discounts: discounts().optional(),
  /** Dunlin's own: minor units of the subscription's currency for each period, before discounts and tax. */
  maximum_spend: spendBound().optional(),
  minimum_commitment: spendBound().optional(),
  invoice_settings: object({
    account_tax_ids: accountTaxIds().optional(),
    custom_fields: customFields().optional(),
    description: emptyable(text({ max: 500 })).optional(),
    footer: emptyable(text()).optional(),
    issuer: issuer().optional(),
  }).optional(),
  metadata: metadata().optional(),
  off_session: boolean().optional(),
  payment_behavior: paymentBehavior().optional(),
  payment_settings: object({
    payment_method_types: paymentMethodTypes().optional(),
    save_default_payment_method: oneOf(['off', 'on_subscription']).optional(),
  }).optional(),
  pending_invoice_item_interval: emptyable(recurring()).optional(),
  proration_behavior: prorationBehavior().optional(),
  trial_settings: object({
    end_behavior: object({ missing_payment_method: oneOf(['cancel', 'create_invoice', 'pause']) }),
  }).optional(),
};

export const billingMode = () => object({ type: oneOf(['classic', 'flexible']) });
export const anchorConfig = () =>
  object({
    day_of_month: integer({ min: 1, max: 31 }),
    hour: integer({ min: 0, max: 23 }).optional(),
    minute: integer({ min: 0, max: 59 }).optional(),
    month: integer({ min: 1, max: 12 }).optional(),
    second: integer({ min: 0, max: 59 }).optional(),
  }).transform(({ hour = null, minute = null, month = null, second = null, ...day }) => ({ ...day, hour, minute, month, second }));

/** `now`, or in newer API versions: `{ type: 'now' }`. */
export const anchorChange = () =>
  oneOf(['now', 'unchanged']).or(object({ type: oneOf(['now', 'unchanged']) }).transform(({ type }) => type));

/** In every list of items. */
const UNSUPPORTED_OF_ITEMS: readonly string[] = ['items[][current_trial]'];

/** For creation and update. */
export const UNSUPPORTED_OF_SETTINGS: readonly string[] = [
  ...UNSUPPORTED_OF_ITEMS,
  'add_invoice_items[][discountable]',
  'add_invoice_items[][metadata]',
  'add_invoice_items[][period]',
  'application_fee_percent',
  'automatic_tax[liability][account]',
  'billing_schedules',
  'default_source',
  'invoice_settings[issuer][account]',
  'on_behalf_of',
  'payment_settings[payment_method_options]',
  'transfer_data',
  'trial_settings[end_behavior][billing_cycle_anchor]',
];
