import { cancelRefundUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Cancels a refund that is pending at the bank.
 *
 * @throws BillingError resource_missing, refund_not_cancelable, lock_timeout
 */
export const cancelRefund = operation({
  method: 'post',
  path: '/v1/refunds/:refund/cancel',
  summary: 'Cancel a refund',
  tag: 'Refunds',
  parameters: parameters({}),
  shows: 'refund',
  through: 'workflow',
  async handle(request) {
    const { id, customer } = await request.find('refund', request.pathId('refund'));
    await request.changeThroughWorkflow({ kind: 'refund', subject: id, customer }, cancelRefundUpdate);
    return { kind: 'refund', key: id };
  },
});
