import { byKey, loadMatching } from '../../../db/matching';
import { deleteTaxId } from '../../../domain/customer/tax-ids';
import type { TaxId } from '../../../domain/rows/tax-id';
import { operation, type ObjectReply } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present, type ApiRequest } from '../../http/request';
import { findTaxId } from './retrieve-tax-id';

/**
 * Deletes a customer's tax id.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const deleteCustomerTaxId = operation({
  method: 'delete',
  path: '/v1/customers/:customer/tax_ids/:id',
  summary: "Delete a customer's tax ID",
  tag: 'Customers',
  parameters: parameters({}),
  shows: 'taxId',
  handle: async (request) => takeTaxId(request, await findTaxId(request)),
});

export async function takeTaxId(request: ApiRequest<unknown>, { id, customer }: TaxId): Promise<ObjectReply> {
  await request.change({
    step: customer === null ? 'deleteTaxId' : 'deleteCustomerTaxId',
    customer,
    ...(customer === null ? { subject: id } : {}),
    load: (tx) => loadMatching(tx, request.scope, [byKey('taxId', id)]),
    plan: (changes) => {
      present(changes, 'taxId', id);
      deleteTaxId(changes, id);
    },
  });
  return { kind: 'taxId', key: id };
}
