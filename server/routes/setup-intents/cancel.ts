import { cancelSetupUpdate } from '../../../workflows/contract';
import { operation } from '../../http/operation';
import { oneOf, parameters } from '../../http/parameters';

/**
 * Cancels a setup intent.
 *
 * @throws BillingError resource_missing, setup_intent_unexpected_state, lock_timeout
 */
export const cancelSetupIntent = operation({
  method: 'post',
  path: '/v1/setup_intents/:setup_intent/cancel',
  summary: 'Cancel a setup intent',
  tag: 'Setup intents',
  parameters: parameters({ cancellation_reason: oneOf(['abandoned', 'duplicate', 'requested_by_customer']).optional() }),
  shows: 'setupIntent',
  through: 'workflow',
  async handle(request) {
    const { id, customer } = await request.find('setupIntent', request.pathId('setup_intent'));
    await request.changeThroughWorkflow({ kind: 'payment', subject: id, customer }, cancelSetupUpdate);
    return { kind: 'setupIntent', key: id };
  },
});
