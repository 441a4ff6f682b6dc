import type { Charge } from '../../../domain/rows/charge';
import { BillingError } from '../../../domain/core/errors';
import { createRefundUpdate } from '../../../workflows/contract';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id, integer, metadata, oneOf, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

/** What every refund can be given. */
export const REFUND = {
  amount: integer({ min: 1 }).optional(),
  metadata: metadata().optional(),
  reason: oneOf(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
};

/** @returns the id of the refund */
export async function refundCharge(request: ApiRequest<unknown>, charge: Charge): Promise<string> {
  const subject = request.newId('re');
  await request.changeThroughWorkflow({ kind: 'refund', subject, customer: charge.customer }, createRefundUpdate, charge.id);
  return subject;
}

/**
 * Refunds a charge or a part of it, never more than is left.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive, charge_already_refunded, charge_disputed,
 * refund_exceeds_charge, lock_timeout
 */
export const createRefund = operation({
  method: 'post',
  path: '/v1/refunds',
  summary: 'Create a refund',
  tag: 'Refunds',
  parameters: parameters({ ...REFUND, charge: id().optional(), payment_intent: id().optional() }),
  shows: 'refund',
  through: 'workflow',
  unsupported: ['currency', 'customer', 'instructions_email', 'origin', 'refund_application_fee', 'reverse_transfer'],
  handle: async (request) => ({ kind: 'refund', key: await refundCharge(request, await chargeOf(request)) }),
});

type Named = ApiRequest<{ charge?: string | undefined; payment_intent?: string | undefined }>;

async function chargeOf(request: Named): Promise<Charge> {
  const { charge, payment_intent: intentId } = request.parameters;
  onlyOne(request.parameters, ['charge', 'payment_intent']);
  if (charge !== undefined) return request.find('charge', charge, 'charge');
  if (intentId === undefined)
    throw new BillingError('parameter_missing', 'Missing required param: charge or payment_intent.', { param: 'payment_intent' });
  const intent = await request.find('paymentIntent', intentId, 'payment_intent');
  if (intent.latestCharge === null) {
    throw new BillingError('refund_exceeds_charge', `This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    });
  }
  return request.find('charge', intent.latestCharge, 'payment_intent');
}
