import { equals, list } from '../../http/list';
import { operation } from '../../http/operation';
import { pagination, parameters } from '../../http/parameters';
import { customerOf, ownerParameter } from './parameters';

/**
 * Lists an owner's tax ids, newest first; without an owner the account's own.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, parameters_exclusive
 */
export const listTaxIds = operation({
  method: 'get',
  path: '/v1/tax_ids',
  summary: 'List tax IDs',
  tag: 'Tax IDs',
  parameters: parameters({ ...pagination, owner: ownerParameter().optional() }),
  shows: 'taxId',
  unsupported: ['owner[customer_account]'],
  async handle(request) {
    const owner = customerOf(request.parameters.owner);
    if (owner === null) return list(request, 'taxId', [{ column: 'customer', isNull: true }]);
    const { id } = await request.find('customer', owner, 'owner[customer]');
    return list(request, 'taxId', [equals('customer', id)]);
  },
});
