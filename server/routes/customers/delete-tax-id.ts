import { findAccount } from '../../../db/accounts';
import { byKey, loadMatching } from '../../../db/matching';
import { BillingError } from '../../../domain/core/errors';
import { deleteTaxId } from '../../../domain/customer/tax-ids';
import { settingsOf } from '../../../domain/rows/account';
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
  if (customer === null) await refuseDefault(request, id);
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

/** Invoices would go on to show it. */
async function refuseDefault({ deps, scope }: ApiRequest<unknown>, id: string): Promise<void> {
  const account = await findAccount(deps.sql, scope.account);
  if (!account || settingsOf(account, scope).invoices.default_account_tax_ids?.includes(id) !== true) return;
  const message = `Invoices get the tax ID '${id}' by default. Take it out of invoices[default_account_tax_ids] of the account settings first.`;
  throw new BillingError('parameter_invalid', message, { param: 'id' });
}
