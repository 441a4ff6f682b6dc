import { byKey, loadMatching } from '../../../db/matching';
import { omitUndefined } from '../../../domain/core/omit-undefined';
import { mergeMetadata } from '../../../domain/core/metadata';
import { operation } from '../../http/operation';
import { emptyable, metadata, parameters, text } from '../../http/parameters';
import { findBalanceTransaction } from './retrieve-balance-transaction';

/**
 * Changes a balance transaction's description and metadata, never its amount.
 *
 * @throws BillingError resource_missing
 */
export const updateCustomerBalanceTransaction = operation({
  method: 'post',
  path: '/v1/customers/:customer/balance_transactions/:transaction',
  summary: "Update a customer's balance transaction",
  tag: 'Customers',
  parameters: parameters({ description: emptyable(text({ max: 350 })).optional(), metadata: metadata().optional() }),
  shows: 'customerBalanceTransaction',
  async handle(request) {
    const { id, customer } = await findBalanceTransaction(request);
    const { description, metadata } = request.parameters;
    await request.change({
      step: 'updateCustomerBalanceTransaction',
      customer,
      load: (tx) => loadMatching(tx, request.scope, [byKey('customerBalanceTransaction', id)]),
      plan: (changes) => {
        const transaction = changes.rows.get('customerBalanceTransaction', id);
        changes.patch('customerBalanceTransaction', id, {
          ...omitUndefined({ description }),
          metadata: mergeMetadata(transaction.metadata, metadata),
        });
      },
    });
    return { kind: 'customerBalanceTransaction', key: id };
  },
});
