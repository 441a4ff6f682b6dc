import { loadCustomerFacts } from '../../../db/customers';
import { adjustBalance } from '../../../domain/customer/changes';
import { mergeMetadata } from '../../../domain/core/metadata';
import { operation } from '../../http/operation';
import { currency, emptyable, metadata, parameters, signedAmount, text } from '../../http/parameters';
import { present } from '../../http/request';

/**
 * Changes a customer's balance in one currency: a negative amount is credit for the next invoices in that currency.
 *
 * @throws BillingError resource_missing, parameter_missing, parameter_invalid, lock_timeout, customer_billed_elsewhere
 */
export const createCustomerBalanceTransaction = operation({
  method: 'post',
  path: '/v1/customers/:customer/balance_transactions',
  summary: "Change a customer's balance",
  tag: 'Customers',
  parameters: parameters({
    amount: signedAmount(),
    currency: currency(),
    description: emptyable(text({ max: 350 })).optional(),
    metadata: metadata().optional(),
  }),
  shows: 'customerBalanceTransaction',
  async handle(request) {
    const customer = request.pathId('customer');
    const { amount, currency, description = null, metadata } = request.parameters;
    await request.change({
      step: 'createCustomerBalanceTransaction',
      customer,
      load: (tx) => loadCustomerFacts(tx, request.scope, customer),
      plan: (changes) => {
        present(changes, 'customer', customer);
        adjustBalance(changes, customer, { amount, currency, type: 'adjustment', description, metadata: mergeMetadata({}, metadata) });
        changes.emitUpdated('customer.updated', 'customer', customer);
      },
    });
    return { kind: 'customerBalanceTransaction', key: request.newId('cbtxn') };
  },
});
