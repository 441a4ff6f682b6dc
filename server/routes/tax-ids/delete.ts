import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { takeTaxId } from '../customers/delete-tax-id';

/**
 * Deletes a tax id of a customer or of the account itself. Invoices that show it keep its id.
 *
 * @throws BillingError resource_missing, lock_timeout, parameter_invalid if invoices get it by default
 */
export const deleteTaxIdOperation = operation({
  method: 'delete',
  path: '/v1/tax_ids/:id',
  summary: 'Delete a tax ID',
  tag: 'Tax IDs',
  parameters: parameters({}),
  shows: 'taxId',
  async handle(request) {
    return takeTaxId(request, await request.find('taxId', request.pathId('id')));
  },
});
