import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Retrieves a tax registration.
 *
 * @throws BillingError resource_missing
 */
export const retrieveTaxRegistration = operation({
  method: 'get',
  path: '/v1/tax/registrations/:id',
  summary: 'Retrieve a tax registration',
  tag: 'Tax registrations',
  parameters: parameters({}),
  shows: 'taxRegistration',
  async handle(request) {
    const { id } = await request.find('taxRegistration', request.pathId('id'));
    return { kind: 'taxRegistration', key: id };
  },
});
