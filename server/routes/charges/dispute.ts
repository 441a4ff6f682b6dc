import { loadFacts, lockIntent } from '../../../db/facts';
import { openDispute } from '../../../domain/payment/disputes';
import { BillingError } from '../../../domain/core/errors';
import { operation } from '../../http/operation';
import { boolean, integer, oneOf, parameters } from '../../http/parameters';
import { present } from '../../http/request';

const REASONS = [
  'fraudulent',
  'product_not_received',
  'product_unacceptable',
  'subscription_canceled',
  'credit_not_processed',
  'duplicate',
  'unrecognized',
  'general',
] as const;

/**
 * Dunlin's own: makes the sandbox's bank dispute a charge now, whatever its card, as a chargeback or only an inquiry.
 *
 * @throws BillingError resource_missing, parameter_invalid, charge_disputed, lock_timeout
 */
export const disputeCharge = operation({
  method: 'post',
  path: '/v1/test_helpers/charges/:charge/dispute',
  summary: 'Have a charge disputed',
  tag: 'Test helpers',
  own: true,
  parameters: parameters({ amount: integer({ min: 1 }).optional(), inquiry: boolean().optional(), reason: oneOf(REASONS).optional() }),
  shows: 'dispute',
  async handle(request) {
    const { id, customer, livemode } = await request.find('charge', request.pathId('charge'));
    if (livemode) throw new BillingError('parameter_invalid', 'Only charges in test mode can be disputed by request.');
    const { amount, inquiry = false, reason = 'fraudulent' } = request.parameters;
    const facts = { account: request.scope.account, customer, charge: id };
    await request.change({
      step: 'disputeCharge',
      customer,
      load: async (tx) => {
        await lockIntent(tx, facts);
        return loadFacts(tx, facts);
      },
      plan: (changes) => {
        const charge = present(changes, 'charge', id);
        if (!charge.captured || charge.status !== 'succeeded')
          throw new BillingError('parameter_invalid', `Charge ${id} has not been paid.`);
        if (charge.disputed) throw new BillingError('charge_disputed', `Charge ${id} is disputed already.`);
        openDispute(changes, id, {
          amount: Math.min(amount ?? charge.amountCaptured, charge.amountCaptured),
          reason,
          networkReasonCode: null,
          inquiry,
        });
      },
    });
    return { kind: 'dispute', key: request.newId('du') };
  },
});
