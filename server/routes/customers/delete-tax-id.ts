import { byKey, loadMatching } from '../../../db/matching';
import { deleteTaxId } from '../../../domain/customer/tax-ids';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
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
  shows: 'customerTaxId',
  async handle(request) {
    const { id, customer } = await findTaxId(request);
    await request.change({
      step: 'deleteCustomerTaxId',
      customer,
      load: (tx) => loadMatching(tx, request.scope, [byKey('customerTaxId', id)]),
      plan: (changes) => {
        present(changes, 'customerTaxId', id);
        deleteTaxId(changes, id);
      },
    });
    return { kind: 'customerTaxId', key: id };
  },
});
