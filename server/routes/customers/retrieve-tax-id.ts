import type { TaxId } from '../../../domain/rows/tax-id';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { missing, type ApiRequest } from '../../http/request';

/**
 * Retrieves a customer's tax id.
 *
 * @throws BillingError resource_missing, also for one that was deleted
 */
export const retrieveCustomerTaxId = operation({
  method: 'get',
  path: '/v1/customers/:customer/tax_ids/:id',
  summary: "Retrieve a customer's tax ID",
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'taxId',
  async handle(request) {
    const { id, deleted } = await findTaxId(request);
    return deleted ? missing('taxId', id) : { kind: 'taxId', key: id };
  },
});

/** The tax id in the path, deleted or not, which must belong to the customer in the path. */
export async function findTaxId(request: ApiRequest<unknown>): Promise<TaxId> {
  const id = request.pathId('id');
  const taxId = await request.find('taxId', id);
  return taxId.customer === request.pathId('customer') ? taxId : missing('taxId', id);
}
