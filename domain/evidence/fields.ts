/** The fields of evidence, by Stripe's names, and how much they hold. */
import { BillingError } from '../core/errors';
import { LIMITS } from '../core/limits';
import type { Evidence } from '../rows/dispute';

/** Uploaded files, by their ids. */
export const FILE_FIELDS = [
  'cancellation_policy',
  'customer_communication',
  'customer_signature',
  'duplicate_charge_documentation',
  'receipt',
  'refund_policy',
  'service_documentation',
  'shipping_documentation',
  'uncategorized_file',
] as const;

export const TEXT_FIELDS = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_tracking_number',
  'uncategorized_text',
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** @throws BillingError parameter_invalid if all texts together are too long */
export function refuseTooMuchText(evidence: Evidence): void {
  const length = TEXT_FIELDS.reduce((sum, field) => sum + (evidence[field]?.length ?? 0), 0);
  const { max } = LIMITS.evidenceText;
  if (length <= max) return;
  const message = `The texts of the evidence have ${String(length)} characters together; at most ${String(max)} are accepted.`;
  throw new BillingError('parameter_invalid', message, { param: 'evidence' });
}
