import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a confirmation token.
 *
 * @throws BillingError resource_missing
 */
export const retrieveConfirmationToken = operation({
  method: 'get',
  path: '/v1/confirmation_tokens/:confirmation_token',
  summary: 'Retrieve a confirmation token',
  tag: 'Confirmation tokens',
  parameters: parameters({}),
  shows: 'confirmationToken',
  handle: async (request) => {
    const { id } = await request.find('confirmationToken', request.pathId('confirmation_token'));
    return { kind: 'confirmationToken', key: id };
  },
});
