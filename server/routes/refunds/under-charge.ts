import { list, equals } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';
import { REFUND, refundCharge } from './create';

const UNSUPPORTED = ['instructions_email', 'payment_intent', 'refund_application_fee', 'reverse_transfer'];

/**
 * Lists the refunds of a charge, newest first.
 *
 * @throws BillingError resource_missing, parameters_exclusive
 */
export const listChargeRefunds = operation({
  method: 'get',
  path: '/v1/charges/:charge/refunds',
  summary: 'List the refunds of a charge',
  tag: 'Refunds',
  parameters: parameters({ ...pagination }),
  shows: 'refund',
  async handle(request) {
    const { id: charge } = await request.find('charge', request.pathId('charge'));
    return list(request, 'refund', [equals('charge', charge)]);
  },
});

/**
 * Refunds a charge or a part of it, under the path of older clients.
 *
 * @throws BillingError resource_missing, parameter_invalid, charge_already_refunded, charge_disputed, refund_exceeds_charge, lock_timeout
 */
export const createChargeRefund = operation({
  method: 'post',
  path: '/v1/charges/:charge/refunds',
  summary: 'Create a refund of a charge',
  tag: 'Refunds',
  parameters: parameters(REFUND),
  shows: 'refund',
  through: 'workflow',
  unsupported: ['currency', 'customer', 'origin', ...UNSUPPORTED],
  async handle(request) {
    return { kind: 'refund', key: await refundCharge(request, await request.find('charge', request.pathId('charge'))) };
  },
});

/**
 * Refunds a charge or a part of it, and answers the charge.
 *
 * @throws BillingError resource_missing, charge_already_refunded, charge_disputed, refund_exceeds_charge, lock_timeout
 */
export const refundChargeAtOnce = operation({
  method: 'post',
  path: '/v1/charges/:charge/refund',
  summary: 'Refund a charge',
  tag: 'Refunds',
  parameters: parameters(REFUND),
  shows: 'charge',
  through: 'workflow',
  unsupported: UNSUPPORTED,
  async handle(request) {
    const charge = await request.find('charge', request.pathId('charge'));
    await refundCharge(request, charge);
    return { kind: 'charge', key: charge.id };
  },
});
