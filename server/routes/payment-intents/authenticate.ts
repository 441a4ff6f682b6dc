import { BillingError } from '../../../domain/core/errors';
import { finishAuthenticationUpdate } from '../../../workflows/contract';
import { operation, type Operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';

/**
 * Dunlin's own: plays the cardholder on the page behind `next_action`, who passes or fails 3-D Secure. Returns the intent afterwards, even
 * if the bank declines the charge that follows.
 *
 * @throws BillingError resource_missing, payment_intent_unexpected_state (it waits for no authentication), lock_timeout
 */
const helper = (name: 'payment_intent' | 'setup_intent', kind: 'paymentIntent' | 'setupIntent'): Operation =>
  operation({
    method: 'post',
    path: `/v1/test_helpers/${name}s/:${name}/authenticate`,
    summary: `Finish the 3-D Secure of a ${name.replace('_', ' ')}`,
    tag: 'Test helpers',
    own: true,
    parameters: parameters({ result: oneOf(['succeeded', 'failed']) }),
    shows: kind,
    through: 'workflow',
    async handle(request) {
      const { id, customer } = await request.find(kind, request.pathId(name));
      try {
        await request.changeThroughWorkflow({ kind: 'payment', subject: id, customer }, finishAuthenticationUpdate);
      } catch (error) {
        if (!(error instanceof BillingError && error.details.card)) throw error;
      }
      return { kind, key: id };
    },
  });

export const authenticatePaymentIntent = helper('payment_intent', 'paymentIntent');
export const authenticateSetupIntent = helper('setup_intent', 'setupIntent');
