import { lockFacts } from '../../../db/facts';
import { openDispute } from '../../../domain/payment/disputes';
import { BillingError } from '../../../domain/core/errors';
import { operation } from '../../http/operation';
import { boolean, integer, oneOf, parameters } from '../../http/parameters';
import { present } from '../../http/request';

/** Stripe's reasons with Visa's codes for them. */
const CODES = {
  fraudulent: '10.4',
  product_not_received: '13.1',
  product_unacceptable: '13.3',
  subscription_canceled: '13.2',
  credit_not_processed: '13.6',
  duplicate: '12.6.1',
  unrecognized: null,
  general: null,
} as const;
const REASONS = Object.keys(CODES) as [keyof typeof CODES, ...(keyof typeof CODES)[]];
/** Of every inquiry. */
const INQUIRY_CODE = '10';

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
      load: (tx) => lockFacts(tx, facts),
      plan: (changes) => {
        const charge = present(changes, 'charge', id);
        if (!charge.captured || charge.status !== 'succeeded')
          throw new BillingError('parameter_invalid', `Charge ${id} has not been paid.`);
        if (charge.disputed) throw new BillingError('charge_disputed', `Charge ${id} is disputed already.`);
        openDispute(changes, id, {
          amount: Math.min(amount ?? charge.amountCaptured, charge.amountCaptured),
          reason,
          networkReasonCode: inquiry ? INQUIRY_CODE : CODES[reason],
          caseType: inquiry ? 'inquiry' : 'chargeback',
        });
      },
    });
    return { kind: 'dispute', key: request.newId('du') };
  },
});
