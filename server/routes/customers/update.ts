import { loadCustomerFacts } from '../../../db/customers';
import { isPrefixTaken } from '../../../db/invoice-prefixes';
import { byKey, loadMatching } from '../../../db/matching';
import { updateCustomer } from '../../../domain/customer/changes';
import { chooseDefaultSource, replaceDefaultSource } from '../../../domain/customer/sources';
import { requireKeptPlace, requirePlace } from '../../../domain/tax/location';
import { BillingError } from '../../../domain/core/errors';
import { onlyOne } from '../../http/exclusive';
import { operation } from '../../http/operation';
import { id as idParameter, parameters } from '../../http/parameters';
import { present, type ApiRequest } from '../../http/request';
import { loadDefaults } from '../../writes/payment-method-facts';
import type { TransactionSql } from '../../../db/connect';
import type { Rows } from '../../../domain/rows/rows';
import { putSource, sourceOf, sourceWanted } from '../../sandbox/sources';
import { checkReferences } from '../../writes/references';
import { customerDetails, templateOf, toCustomerChange, UNSUPPORTED } from './parameters';

/**
 * Changes a customer. Dunlin tries a new default payment method at once for invoices whose payment failed.
 *
 * @throws BillingError resource_missing (also of the payment method), parameter_invalid, parameter_unsupported, resource_already_exists
 * (the invoice prefix), customer_tax_location_invalid, lock_timeout (its test clock is advancing)
 */
export const updateCustomerOperation = operation({
  method: 'post',
  path: '/v1/customers/:customer',
  summary: 'Update a customer',
  tag: 'Customers',
  parameters: parameters({ ...customerDetails, default_source: idParameter().optional() }),
  shows: 'customer',
  unsupported: [...UNSUPPORTED, 'bank_account', 'card', 'default_alipay_account', 'default_bank_account', 'default_card'],
  async handle(request) {
    const id = request.pathId('customer');
    const { default_source: chosen, source: token, ...details } = request.parameters;
    onlyOne(request.parameters, ['source', 'default_source']);
    const change = toCustomerChange(details);
    await checkReferences(request, templateOf(details));
    const source = token === undefined ? null : await sourceOf(request, token, 'source');
    const { invoicePrefix } = change;
    const { defaultSource: before } = await request.find('customer', id);
    let taken = false;
    await request.change({
      step: 'updateCustomer',
      customer: id,
      load: async (tx) => {
        const method = change.invoiceSettings?.default_payment_method ?? null;
        const [facts, named, isTaken] = await Promise.all([
          loadCustomer(tx, request, source === null ? null : before),
          loadMatching(tx, request.scope, [
            ...sourceWanted(source),
            ...[method, chosen ?? null].filter((each) => each !== null).map((each) => byKey('paymentMethod', each)),
          ]),
          invoicePrefix === undefined ? false : isPrefixTaken(tx, request.scope, invoicePrefix, { customer: id }),
        ]);
        taken = isTaken;
        for (const each of named.all('paymentMethod')) facts.put('paymentMethod', each);
        return facts;
      },
      plan: (changes) => {
        present(changes, 'customer', id);
        if (taken)
          throw new BillingError('resource_already_exists', `The invoice prefix '${invoicePrefix ?? ''}' is taken.`, {
            param: 'invoice_prefix',
          });
        if (source !== null) replaceDefaultSource(changes, id, putSource(changes, source));
        if (chosen !== undefined) chooseDefaultSource(changes, id, chosen);
        updateCustomer(changes, id, change);
        const { validate_location: validation = 'auto' } = details.tax ?? {};
        if (validation === 'immediately') requirePlace(changes.rows, changes.rows.get('customer', id), 'tax[validate_location]');
        if (validation === 'auto') requireKeptPlace(changes, id);
      },
    });
    return { kind: 'customer', key: id };
  },
});

/** With everything that the removed source pays by default, if one is removed. */
function loadCustomer(tx: TransactionSql, request: ApiRequest<unknown>, goes: string | null): Promise<Rows> {
  const id = request.pathId('customer');
  return goes === null ? loadCustomerFacts(tx, request.scope, id) : loadDefaults(tx, request.scope, id, goes);
}
