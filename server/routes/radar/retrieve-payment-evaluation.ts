import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves an evaluation, with the outcome that was reported.
 *
 * @throws BillingError resource_missing
 */
export const retrievePaymentEvaluation = operation({
  method: 'get',
  path: '/v1/radar/payment_evaluations/:payment_evaluation',
  summary: 'Retrieve a payment evaluation',
  tag: 'Radar',
  own: true,
  parameters: parameters({}),
  shows: 'paymentEvaluation',
  async handle(request) {
    const { id } = await request.find('paymentEvaluation', request.pathId('payment_evaluation'));
    return { kind: 'paymentEvaluation', key: id };
  },
});
