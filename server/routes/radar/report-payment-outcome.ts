import { byKey, loadMatching } from '../../../db/matching';
import { reportOutcome } from '../../../domain/payment/evaluations';
import { BLOCKED_BECAUSE, REJECTED_BECAUSE, REPORTED_TYPES } from '../../../domain/rows/payment-evaluation';
import { operation } from '../../http/operation';
import { id, object, oneOf, parameters } from '../../http/parameters';
import { present } from '../../http/request';

const check = () => oneOf(['fail', 'pass', 'unavailable', 'unchecked']);
const checks = () => ({ address_line1_check: check(), address_postal_code_check: check(), cvc_check: check() });

/**
 * Reports once what came of an evaluated payment.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid if it was reported before, or for the details of another type
 */
export const reportPaymentOutcome = operation({
  method: 'post',
  path: '/v1/radar/payment_evaluations/:payment_evaluation/report_outcome',
  summary: 'Report the outcome of an evaluated payment',
  tag: 'Radar',
  own: true,
  parameters: parameters({
    merchant_blocked: object({ reason: oneOf(BLOCKED_BECAUSE) }).optional(),
    payment_intent_id: id().optional(),
    rejected: object({ card: object({ ...checks(), reason: oneOf(REJECTED_BECAUSE) }).optional() }).optional(),
    succeeded: object({ card: object(checks()).optional() }).optional(),
    type: oneOf(REPORTED_TYPES),
  }),
  shows: 'paymentEvaluation',
  async handle(request) {
    const { id: key, customer } = await request.find('paymentEvaluation', request.pathId('payment_evaluation'));
    await request.change({
      step: 'reportPaymentOutcome',
      customer,
      subject: key,
      load: (tx) => loadMatching(tx, request.scope, [byKey('paymentEvaluation', key)]),
      plan: (changes) => {
        reportOutcome(changes, present(changes, 'paymentEvaluation', key).id, request.parameters);
      },
    });
    return { kind: 'paymentEvaluation', key };
  },
});
