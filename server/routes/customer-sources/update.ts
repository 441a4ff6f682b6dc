import { loadCustomerFacts } from '../../../db/customers';
import { updatePaymentMethod } from '../../../domain/customer/payment-methods';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { operation, type Operation } from '../../http/operation';
import { emptyable, integer, metadata, name as oneLine, parameters } from '../../http/parameters';
import { cardAddress, toAddress } from '../../schemas/card-address';
import { pathSource, type Collection } from './paths';

const part = () => emptyable(oneLine()).optional();

/**
 * Changes the address, the name, the expiry and the metadata of a source.
 *
 * @throws BillingError resource_missing, parameter_invalid, lock_timeout
 */
export const updateSource = (collection: Collection): Operation =>
  operation({
    method: 'post',
    path: `/v1/customers/:customer/${collection}/:id`,
    summary: "Update a customer's source",
    tag: 'Sources',
    parameters: parameters({
      ...cardAddress(part),
      exp_month: integer({ min: 1, max: 12 }).optional(),
      exp_year: integer({ min: 2000, max: 2999 }).optional(),
      metadata: metadata().optional(),
      name: part(),
    }),
    shows: 'card',
    unsupported: ['account_holder_name', 'account_holder_type', 'owner'],
    async handle(request) {
      const { id, customer, billingDetails } = await pathSource(request);
      const { exp_month, exp_year, metadata: given, name: holder, ...address } = request.parameters;
      await request.change({
        step: 'updateSource',
        customer,
        subject: id,
        load: (tx) => loadCustomerFacts(tx, request.scope, customer, id),
        plan: (changes) => {
          updatePaymentMethod(changes, id, {
            billingDetails: omitUndefined({ name: holder, address: { ...billingDetails.address, ...toAddress(address) } }),
            expMonth: exp_month,
            expYear: exp_year,
            metadata: given,
          });
        },
      });
      return { kind: 'card', key: id };
    },
  });
