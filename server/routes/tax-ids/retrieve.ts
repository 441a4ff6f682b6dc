import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing } from '../../http/request';

/**
 * Retrieves a tax id of any customer or of the account itself; a deleted one is not found.
 *
 * @throws BillingError resource_missing, also for one that was deleted
 */
export const retrieveTaxId = operation({
  method: 'get',
  path: '/v1/tax_ids/:id',
  summary: 'Retrieve a tax ID',
  tag: 'Tax IDs',
  parameters: parameters({}),
  shows: 'taxId',
  async handle(request) {
    const { id, deleted } = await request.find('taxId', request.pathId('id'));
    return deleted ? missing('taxId', id) : { kind: 'taxId', key: id };
  },
});
