/** Parameters that several invoice operations share. Others of Stripe's are rejected by name. */
import {
  array,
  boolean,
  emptyable,
  id,
  integer,
  metadata,
  name,
  object,
  oneOf,
  quantity,
  signedAmount,
  text,
  timestamp,
} from '../../http/parameters';
import { taxDetails } from '../../schemas/product';
import { shipping } from '../../schemas/shipping';
import { shippingRateShape } from '../../schemas/shipping-rate';
import {
  accountTaxIds,
  amountTaxDisplay,
  automaticTax,
  collectionMethod,
  customFields,
  discounts,
  issuer,
  oneTimePriceData,
  paymentMethodTypes,
  taxRates,
} from '../../schemas/subscription';
import { LIMITS } from '../../../domain/core/limits';
import { httpUrl } from '../../http/text-parameters';

export const settingsShape = {
  account_tax_ids: accountTaxIds().optional(),
  auto_advance: boolean().optional(),
  automatic_tax: automaticTax().optional(),
  automatically_finalizes_at: timestamp().optional(),
  collection_method: collectionMethod().optional(),
  custom_fields: customFields().optional(),
  days_until_due: integer({ min: 0, max: LIMITS.daysUntilDue.max }).optional(),
  default_payment_method: emptyable(id()).optional(),
  default_tax_rates: taxRates().optional(),
  description: emptyable(text({ max: 1500 })).optional(),
  discounts: discounts().optional(),
  due_date: timestamp().optional(),
  effective_at: emptyable(timestamp()).optional(),
  footer: emptyable(text()).optional(),
  issuer: issuer().optional(),
  metadata: metadata().optional(),
  number: emptyable(name({ max: 26 })).optional(),
  payment_settings: object({ payment_method_types: paymentMethodTypes().optional() }).optional(),
  rendering: object({
    amount_tax_display: amountTaxDisplay().optional(),
    pdf: object({ page_size: oneOf(['a4', 'auto', 'letter']).optional() }).optional(),
    template: emptyable(id()).optional(),
    template_version: emptyable(integer({ min: 1 })).optional(),
  }).optional(),
  shipping_cost: emptyable(object({ shipping_rate: id().optional(), shipping_rate_data: object(shippingRateShape).optional() })).optional(),
  shipping_details: shipping().optional(),
  statement_descriptor: emptyable(name({ max: 22 })).optional(),
};

export const UNSUPPORTED_OF_SETTINGS: readonly string[] = [
  'application_fee_amount',
  'automatic_tax[liability][account]',
  'default_source',
  'issuer[account]',
  'on_behalf_of',
  'payment_settings[default_mandate]',
  'payment_settings[payment_method_options]',
  'transfer_data',
];

const period = () => object({ end: timestamp(), start: timestamp() });

/** For an existing product, or a new one that the line describes. */
const linePriceData = () =>
  oneTimePriceData().extend({
    product: id().optional(),
    product_data: object({
      description: text({ max: 40_000 }).optional(),
      images: array(httpUrl(), { max: 8 }).optional(),
      metadata: metadata().optional(),
      name: name(),
      tax_code: name().optional(),
      tax_details: taxDetails().optional(),
      unit_label: name({ max: 12 }).optional(),
    }).optional(),
  });

/** The fields of one line. */
export const lineShape = {
  amount: signedAmount().optional(),
  description: emptyable(text({ max: 500 })).optional(),
  discountable: boolean().optional(),
  discounts: discounts().optional(),
  metadata: metadata().optional(),
  period: period().optional(),
  price_data: linePriceData().optional(),
  pricing: object({ price: id().optional() }).optional(),
  quantity: quantity().optional(),
  tax_rates: taxRates().optional(),
};

export const UNSUPPORTED_OF_LINES: readonly string[] = [
  'price_data[product_data][tax_details][performance_location]',
  'price_data[tax_details]',
  'quantity_decimal',
  'tax_amounts',
];

export const inLines = (names: readonly string[]): string[] =>
  names.map((name) => {
    const [first = '', ...rest] = name.split('[');
    return `lines[][${first}]${rest.map((part) => `[${part}`).join('')}`;
  });
