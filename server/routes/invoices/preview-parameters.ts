/** The parameters of a preview: those of a change, nested, and the additional items to bill. */
import type { z } from 'zod';
import { checkPriced } from '../../writes/inline-prices';
import { onlyOne } from '../../http/exclusive';
import { ParameterError } from '../../http/parameter-error';
import { array, boolean, currency, emptyable, id, name, object, oneOf, parameters, timestamp, timestampOrNow } from '../../http/parameters';
import * as references from '../../writes/references';
import type { Reference } from '../../writes/references';
import { checkDiscounts, referencesOfItem } from '../../schemas/pricing';
import {
  automaticTax,
  billingMode,
  cancelAt,
  changedItems,
  discounts,
  issuer,
  oneTimePriceData,
  prorationBehavior,
  taxRates,
} from '../../schemas/subscription';
import { describedTaxIds } from '../../schemas/tax-ids';
import { customerDetails } from '../customers/parameters';
import { checkEnding } from '../../schemas/ending';
import { checkPhases, referencesOfPhases } from '../subscription-schedules/phases';
import { changedPhases, endBehavior, UNSUPPORTED_OF_PHASES } from '../subscription-schedules/schemas';
import { lineShape } from './schemas';
import { LIMITS } from '../../../domain/core/limits';

const { amount, description, discountable, metadata, period, quantity } = lineShape;

const previewItems = () =>
  array(
    object({
      ...{ amount, description, discountable, metadata, period, quantity },
      currency: currency().optional(),
      discounts: discounts().optional(),
      invoiceitem: id().optional(),
      price: id().optional(),
      price_data: oneTimePriceData().optional(),
      tax_behavior: oneOf(['exclusive', 'inclusive', 'unspecified']).optional(),
      tax_code: emptyable(name({ max: 30 })).optional(),
      tax_rates: taxRates().optional(),
    }),
    { max: LIMITS.invoiceLines.max },
  );

/** A time or a word, in both of Stripe's forms. */
const anchor = () =>
  oneOf(['now', 'unchanged'])
    .or(timestamp())
    .or(
      object({ type: oneOf(['now', 'timestamp', 'unchanged']), timestamp: timestamp().optional() })
        .refine(
          ({ type, timestamp: at }) => (type === 'timestamp') === (at !== undefined),
          'A timestamp goes with the type `timestamp`, and with no other.',
        )
        .transform(({ type, timestamp: at }) => at ?? (type === 'timestamp' ? 'now' : type)),
    );

/** In place of what an existing customer has, or of a customer. */
const describedCustomer = () =>
  object({
    address: customerDetails.address,
    shipping: customerDetails.shipping,
    tax: customerDetails.tax.unwrap().pick({ ip_address: true }).optional(),
    tax_exempt: customerDetails.tax_exempt,
    tax_ids: describedTaxIds().optional(),
  });

export const previewParameters = parameters({
  automatic_tax: automaticTax().optional(),
  currency: currency().optional(),
  customer: id().optional(),
  customer_details: describedCustomer().optional(),
  discounts: discounts().optional(),
  invoice_items: previewItems().optional(),
  issuer: issuer().optional(),
  preview_mode: oneOf(['next', 'recurring']).optional(),
  schedule: id().optional(),
  schedule_details: object({
    billing_mode: billingMode().optional(),
    end_behavior: endBehavior().optional(),
    phases: changedPhases().optional(),
    proration_behavior: prorationBehavior().optional(),
  }).optional(),
  subscription: id().optional(),
  subscription_details: object({
    billing_cycle_anchor: anchor().optional(),
    billing_mode: billingMode().optional(),
    cancel_at: cancelAt().optional(),
    cancel_at_period_end: boolean().optional(),
    cancel_now: boolean().optional(),
    default_tax_rates: taxRates().optional(),
    items: changedItems().optional(),
    proration_behavior: prorationBehavior().optional(),
    proration_date: timestamp().optional(),
    start_date: timestamp().optional(),
    trial_end: timestampOrNow().optional(),
  }).optional(),
});
export type PreviewInput = z.output<typeof previewParameters>;

export const UNSUPPORTED_OF_PREVIEW: readonly string[] = [
  'automatic_tax[liability][account]',
  'customer_account',
  'invoice_items[][quantity_decimal]',
  'invoice_items[][unit_amount]',
  'invoice_items[][unit_amount_decimal]',
  'issuer[account]',
  'on_behalf_of',
  ...UNSUPPORTED_OF_PHASES.map((name) => name.replace('phases', 'schedule_details[phases]')),
  'schedule_details[billing_mode][flexible]',
  'schedule_details[pause_schedules]',
  'subscription_details[billing_mode][flexible]',
  'subscription_details[billing_schedules]',
  'subscription_details[items][][current_trial]',
  'subscription_details[metadata]',
  'subscription_details[pause]',
  'subscription_details[resume_at]',
];

const NOT_OF_NEW = ['cancel_now', 'proration_date'] as const;
const NOT_OF_LIVING = ['start_date'] as const;

/** Some parameters only apply to an existing subscription, others only to a new one. */
function checkDetails({ subscription, subscription_details: details = {}, schedule }: PreviewInput): void {
  const at = (name: string): string => `subscription_details[${name}]`;
  const others = subscription === undefined ? NOT_OF_NEW : NOT_OF_LIVING;
  const other = schedule === undefined && others.find((name) => details[name] !== undefined);
  if (other) {
    const message = `\`${at(other)}\` is for ${subscription === undefined ? 'an existing' : 'a new'} subscription.`;
    throw new ParameterError('parameter_invalid', message, at(other));
  }
  if (subscription === undefined || typeof details.billing_cycle_anchor !== 'number') return;
  const message = 'For existing subscriptions, `billing_cycle_anchor` can only be `now` or `unchanged`.';
  throw new ParameterError('parameter_invalid', message, at('billing_cycle_anchor'));
}

/** @throws BillingError parameters_exclusive, parameter_missing, parameter_invalid */
export function checkPreview(parameters: PreviewInput): void {
  const { discounts: params, invoice_items: extras = [], subscription_details: details, schedule_details: schedule } = parameters;
  onlyOne(parameters, ['schedule', 'subscription']);
  onlyOne(parameters, ['schedule_details', 'subscription_details']);
  onlyOne(parameters, ['schedule_details', 'subscription']);
  checkDetails(parameters);
  checkEnding(details ?? {}, 'subscription_details');
  checkPhases(schedule?.phases ?? [], 'schedule_details[phases]');
  checkDiscounts(params, 'discounts');
  extras.forEach((extra, index) => {
    const param = `invoice_items[${String(index)}]`;
    onlyOne(extra, ['amount', 'price', 'price_data'], param);
    checkPriced(extra, param);
    checkDiscounts(extra.discounts, `${param}[discounts]`);
  });
  details?.items?.forEach((item, index) => {
    checkPriced(item, `subscription_details[items][${String(index)}]`);
    checkDiscounts(item.discounts, `subscription_details[items][${String(index)}][discounts]`);
  });
}

export function referencesOfPreview({
  customer,
  discounts: params,
  invoice_items: extras = [],
  subscription_details: details,
  schedule_details: schedule,
}: Omit<PreviewInput, 'customer'> & { customer: string | null }): Reference[] {
  return [
    ...referencesOfPhases(customer ?? '', schedule?.phases ?? [], 'schedule_details[phases]'),
    ...(details?.items ?? []).flatMap((item, index) => referencesOfItem(item, `subscription_details[items][${String(index)}]`)),
    ...references.taxRates(details?.default_tax_rates, 'subscription_details[default_tax_rates]'),
    ...references.discounts(params, 'discounts'),
    ...extras.flatMap((extra, index) => referencesOfExtra(extra, `invoice_items[${String(index)}]`)),
  ];
}

type Extra = NonNullable<PreviewInput['invoice_items']>[number];

function referencesOfExtra(
  { price, price_data: data, invoiceitem, tax_rates: rates, discounts: params }: Extra,
  param: string,
): Reference[] {
  return [
    ...(price === undefined ? [] : [references.oneTimePrice(price, `${param}[price]`)]),
    ...(data ? [{ kind: 'product' as const, id: data.product, param: `${param}[price_data][product]` }] : []),
    ...(invoiceitem === undefined ? [] : [{ kind: 'invoiceItem' as const, id: invoiceitem, param: `${param}[invoiceitem]` }]),
    ...references.taxRates(rates, `${param}[tax_rates]`),
    ...references.discounts(params, `${param}[discounts]`),
  ];
}
