import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves what the holder of a bank account has agreed to.
 *
 * @throws BillingError resource_missing
 */
export const retrieveMandate = operation({
  method: 'get',
  path: '/v1/mandates/:mandate',
  summary: 'Retrieve a mandate',
  tag: 'Mandates',
  parameters: parameters({}),
  shows: 'mandate',
  handle: async (request) => {
    const { id } = await request.find('mandate', request.pathId('mandate'));
    return { kind: 'mandate', key: id };
  },
});
