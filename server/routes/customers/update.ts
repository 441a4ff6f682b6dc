import { isPrefixTaken, loadCustomerFacts } from '../../../db/customers';
import { updateCustomer } from '../../../domain/customer/changes';
import { BillingError } from '../../../domain/core/errors';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { customerDetails, toCustomerChange, UNSUPPORTED } from './parameters';

/**
 * Changes a customer. Dunlin tries a new default payment method at once for invoices whose payment failed.
 *
 * @throws BillingError resource_missing (also of the payment method), parameter_invalid, parameter_unsupported, resource_already_exists
 * (the invoice prefix), lock_timeout (its test clock is advancing)
 */
export const updateCustomerOperation = operation({
  method: 'post',
  path: '/v1/customers/:customer',
  summary: 'Update a customer',
  tag: 'Customers',
  parameters: parameters(customerDetails),
  shows: 'customer',
  unsupported: [...UNSUPPORTED, 'bank_account', 'card', 'default_alipay_account', 'default_bank_account', 'default_card', 'default_source'],
  async handle(request) {
    const id = request.pathId('customer');
    const change = toCustomerChange(request.parameters);
    const { invoicePrefix } = change;
    let taken = false;
    await request.change({
      step: 'updateCustomer',
      customer: id,
      load: async (tx) => {
        const [facts, isTaken] = await Promise.all([
          loadCustomerFacts(tx, request.scope, id, change.invoiceSettings?.default_payment_method),
          invoicePrefix === undefined ? false : isPrefixTaken(tx, request.scope, invoicePrefix, id),
        ]);
        taken = isTaken;
        return facts;
      },
      plan: (changes) => {
        present(changes, 'customer', id);
        if (taken)
          throw new BillingError('resource_already_exists', `The invoice prefix '${invoicePrefix ?? ''}' is taken.`, {
            param: 'invoice_prefix',
          });
        updateCustomer(changes, id, change);
      },
    });
    return { kind: 'customer', key: id };
  },
});
