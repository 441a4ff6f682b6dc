/** The parameters of payment links. Others of Stripe's are rejected by name. */
import { LIMITS } from '../../../domain/core/limits';
import type { CreateLinkParameters } from '../../../domain/checkout/payment-links';
import { array, boolean, emptyable, id, integer, metadata, object, oneOf, quantity, text } from '../../http/parameters';
import { httpUrl } from '../../http/text-parameters';
import { BillingError } from '../../../domain/core/errors';
import { collected } from '../checkout-sessions/collected';
import { createShape as session, invoiceCreation, lineShape, paymentIntentShape } from '../checkout-sessions/schemas';

const afterCompletion = () =>
  object({
    type: oneOf(['hosted_confirmation', 'redirect']),
    hosted_confirmation: object({ custom_message: text({ max: 500 }).optional() }).optional(),
    redirect: object({ url: httpUrl({ max: 5000 }) }).optional(),
  });

const restrictions = () => object({ completed_sessions: object({ limit: integer({ min: 1, max: 2_147_483_647 }) }) });

const changeable = {
  after_completion: afterCompletion().optional(),
  allow_promotion_codes: boolean().optional(),
  ...collected,
  custom_fields: emptyable(collected.custom_fields.unwrap()).optional(),
  name_collection: emptyable(collected.name_collection.unwrap()).optional(),
  shipping_address_collection: emptyable(collected.shipping_address_collection.unwrap()).optional(),
  experiment: emptyable(id()).optional(),
  inactive_message: emptyable(text({ max: 500 })).optional(),
  invoice_creation: invoiceCreation().optional(),
  metadata: metadata().optional(),
  restrictions: emptyable(restrictions()).optional(),
};

const { automatic_tax, billing_address_collection, currency, customer_creation, payment_method_collection, payment_method_types } = session;

export const createShape = {
  ...changeable,
  ...collected,
  automatic_tax,
  billing_address_collection,
  currency,
  customer_creation,
  line_items: array(object(lineShape), { max: LIMITS.paymentLinkLines.max }),
  optional_items: session.optional_items,
  payment_intent_data: object(paymentIntentShape).optional(),
  payment_method_collection,
  payment_method_types,
  shipping_options: array(object({ shipping_rate: id() }), { max: LIMITS.shippingOptions.max }).optional(),
  submit_type: session.submit_type,
  subscription_data: object({
    description: text({ max: 500 }).optional(),
    metadata: metadata().optional(),
    trial_period_days: integer({ min: 1, max: LIMITS.trialDays.max }).optional(),
    trial_settings: object({
      end_behavior: object({ missing_payment_method: oneOf(['cancel', 'create_invoice', 'pause']) }),
    }).optional(),
  }).optional(),
};

export const updateShape = {
  ...changeable,
  active: boolean().optional(),
  optional_items: emptyable(session.optional_items.unwrap()).optional(),
  payment_method_types: emptyable(session.payment_method_types.unwrap()).optional(),
  line_items: array(object({ id: id(), adjustable_quantity: lineShape.adjustable_quantity, quantity: quantity().optional() }), {
    max: LIMITS.paymentLinkLines.max,
  }).optional(),
};

/** @throws BillingError parameter_missing */
export function checkAfterCompletion({ after_completion: after }: Pick<CreateLinkParameters, 'after_completion'>): void {
  const param = 'after_completion[redirect]';
  if (after?.type === 'redirect' && after.redirect === undefined) {
    throw new BillingError('parameter_missing', `Missing required param: ${param}.`, { param });
  }
  if (after?.type === 'hosted_confirmation' && after.redirect !== undefined) {
    throw new BillingError('parameter_invalid', '`redirect` is not allowed when `type` is `hosted_confirmation`.', { param });
  }
  if (after?.type === 'redirect' && after.hosted_confirmation !== undefined) {
    const hosted = 'after_completion[hosted_confirmation]';
    throw new BillingError('parameter_invalid', '`hosted_confirmation` is not allowed when `type` is `redirect`.', { param: hosted });
  }
}

export const UNSUPPORTED: readonly string[] = [
  'application_fee_amount',
  'application_fee_percent',
  'automatic_tax[liability][account]',
  'invoice_creation[invoice_data][issuer][account]',
  'on_behalf_of',
  'payment_intent_data[transfer_group]',
  'payment_method_options',
  'subscription_data[invoice_settings]',
  'transfer_data',
];
