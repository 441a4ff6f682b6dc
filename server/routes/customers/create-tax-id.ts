import { byKey, loadMatching } from '../../../db/matching';
import { TAX_ID_TYPES, type TaxId } from '../../../domain/rows/tax-id';
import { createTaxId } from '../../../domain/customer/tax-ids';
import { operation, type ObjectReply } from '../../http/operation';
import { name, oneOf, parameters } from '../../http/parameters';
import { present, type ApiRequest } from '../../http/request';

/**
 * Gives a customer a tax id, five at most. Dunlin checks its form, and asks its registry afterwards.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, tax_id_invalid, lock_timeout
 */
export const createCustomerTaxId = operation({
  method: 'post',
  path: '/v1/customers/:customer/tax_ids',
  summary: 'Give a customer a tax ID',
  tag: 'Customers',
  parameters: parameters({ type: oneOf(TAX_ID_TYPES), value: name({ max: 100 }) }),
  shows: 'taxId',
  handle: (request) => giveTaxId(request, request.pathId('customer'), request.parameters),
});

export async function giveTaxId(
  request: ApiRequest<unknown>,
  customer: string,
  taxId: Pick<TaxId, 'type' | 'value'>,
): Promise<ObjectReply> {
  await request.change({
    step: 'createCustomerTaxId',
    customer,
    now: await request.now(customer, 'id'),
    load: (tx) =>
      loadMatching(tx, request.scope, [
        byKey('customer', customer),
        {
          kind: 'taxId',
          filters: [
            { column: 'customer', equals: customer },
            { column: 'deleted', equals: false },
          ],
        },
      ]),
    plan: (changes) => {
      present(changes, 'customer', customer);
      createTaxId(changes, customer, taxId);
    },
  });
  return { kind: 'taxId', key: request.newId('txi') };
}
