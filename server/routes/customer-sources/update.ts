import { loadCustomerFacts } from '../../../db/customers';
import { wakeForCard } from '../../../domain/customer/cards';
import { updatePaymentMethod } from '../../../domain/customer/payment-methods';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { operation, type Operation } from '../../http/operation';
import { emptyable, integer, metadata, name as oneLine, parameters } from '../../http/parameters';
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
      address_city: part(),
      address_country: part(),
      address_line1: part(),
      address_line2: part(),
      address_state: part(),
      address_zip: part(),
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
            billingDetails: omitUndefined({ name: holder, address: { ...billingDetails.address, ...addressOf(address) } }),
            expMonth: exp_month,
            expYear: exp_year,
            metadata: given,
          });
          // An unpaid invoice may only have waited for a new expiry date.
          if (exp_month ?? exp_year) wakeForCard(changes, customer);
        },
      });
      return { kind: 'card', key: id };
    },
  });

type Given = Partial<
  Record<'address_city' | 'address_country' | 'address_line1' | 'address_line2' | 'address_state' | 'address_zip', string | null>
>;

const addressOf = (given: Given) =>
  omitUndefined({
    city: given.address_city,
    country: given.address_country,
    line1: given.address_line1,
    line2: given.address_line2,
    postal_code: given.address_zip,
    state: given.address_state,
  });
