import { readPersonalData } from '../../../db/personal-data';
import { personalData } from '../../../objects/shapes/personal-data';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Everything that Dunlin has about a customer, as stored: rows by table. Also of a deleted customer.
 *
 * @throws BillingError resource_missing
 */
export const retrievePersonalData = operation({
  method: 'get',
  path: '/v1/customers/:customer/personal_data',
  summary: 'Retrieve the personal data of a customer',
  tag: 'Customers',
  own: true,
  parameters: parameters({}),
  answer: personalData,
  async handle(request) {
    const { deps, scope } = request;
    const { id } = await request.find('customer', request.pathId('customer'));
    const as_of = await request.now(id);
    return {
      body: {
        object: 'personal_data' as const,
        as_of,
        customer: id,
        livemode: scope.livemode,
        records: await readPersonalData(deps.sql, scope, id),
      },
    };
  },
});
