import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a setup intent.
 *
 * @throws BillingError resource_missing
 */
export const retrieveSetupIntent = operation({
  method: 'get',
  path: '/v1/setup_intents/:setup_intent',
  summary: 'Retrieve a setup intent',
  tag: 'Setup intents',
  parameters: parameters({}),
  shows: 'setupIntent',
  unsupported: ['client_secret'],
  async handle(request) {
    const { id } = await request.find('setupIntent', request.pathId('setup_intent'));
    return { kind: 'setupIntent', key: id };
  },
});
