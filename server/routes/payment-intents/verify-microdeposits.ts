import { BillingError } from '../../../domain/core/errors';
import { depositVerdict } from '../../../gateways/sandbox/bank-accounts';
import { verifyMicrodepositsUpdate } from '../../../workflows/contract';
import { onlyOne } from '../../http/exclusive';
import { operation, type Operation } from '../../http/operation';
import { array, integer, name, parameters } from '../../http/parameters';

/**
 * The holder of a bank account tells which small deposits it has got. Then the account is debited, or kept.
 *
 * @throws BillingError resource_missing, parameter_missing, parameters_exclusive, microdeposit_amounts_mismatch,
 * microdeposit_descriptor_code_mismatch, microdeposit_attempts_exceeded, lock_timeout, payment_intent_unexpected_state and
 * setup_intent_unexpected_state: nothing is to be verified
 */
const verification = (noun: 'payment_intent' | 'setup_intent', kind: 'paymentIntent' | 'setupIntent'): Operation =>
  operation({
    method: 'post',
    path: `/v1/${noun}s/:${noun}/verify_microdeposits`,
    summary: `Verify the bank account of a ${noun.replace('_', ' ')}`,
    tag: kind === 'paymentIntent' ? 'Payment intents' : 'Setup intents',
    parameters: parameters({
      amounts: array(integer({ min: 1, max: 99 }), { min: 2, max: 2 }).optional(),
      descriptor_code: name({ max: 6 }).optional(),
    }),
    shows: kind,
    through: 'workflow',
    stored: ({ amounts, descriptor_code: descriptorCode }) => ({ result: depositVerdict({ amounts, descriptorCode }) }),
    async handle(request) {
      onlyOne(request.parameters, ['amounts', 'descriptor_code']);
      const { amounts, descriptor_code: code } = request.parameters;
      if (amounts === undefined && code === undefined) {
        throw new BillingError('parameter_missing', 'Missing required param: amounts, or descriptor_code.', { param: 'amounts' });
      }
      const { id, customer } = await request.find(kind, request.pathId(noun));
      await request.changeThroughWorkflow({ kind: 'payment', subject: id, customer }, verifyMicrodepositsUpdate);
      return { kind, key: id };
    },
  });

export const verifyPaymentMicrodeposits = verification('payment_intent', 'paymentIntent');
export const verifySetupMicrodeposits = verification('setup_intent', 'setupIntent');
