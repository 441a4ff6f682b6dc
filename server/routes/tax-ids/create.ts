import { createTaxId } from '../../../domain/customer/tax-ids';
import { TAX_ID_TYPES, type TaxId } from '../../../domain/rows/tax-id';
import { operation, type ObjectReply } from '../../http/operation';
import { name, oneOf, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { giveTaxId } from '../customers/create-tax-id';
import { customerOf, ownerParameter } from './parameters';

/**
 * Gives a customer a tax id, or the account itself, whose invoices can show it (`account_tax_ids`).
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, tax_id_invalid, lock_timeout
 */
export const createTaxIdOperation = operation({
  method: 'post',
  path: '/v1/tax_ids',
  summary: 'Create a tax ID',
  tag: 'Tax IDs',
  parameters: parameters({ owner: ownerParameter().optional(), type: oneOf(TAX_ID_TYPES), value: name({ max: 100 }) }),
  shows: 'taxId',
  unsupported: ['owner[customer_account]'],
  async handle(request) {
    const { owner, ...taxId } = request.parameters;
    const customer = customerOf(owner);
    if (customer === null) return createOwn(request, taxId);
    await request.find('customer', customer, 'owner[customer]');
    return giveTaxId(request, customer, taxId);
  },
});

async function createOwn(request: ApiRequest<unknown>, taxId: Pick<TaxId, 'type' | 'value'>): Promise<ObjectReply> {
  await request.change({
    step: 'createTaxId',
    customer: null,
    plan: (changes) => {
      createTaxId(changes, null, taxId);
    },
  });
  return { kind: 'taxId', key: request.newId('txi') };
}
