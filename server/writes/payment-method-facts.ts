import type { TransactionSql } from '../../db/connect';
import { loadCustomerFacts } from '../../db/customers';
import { loadFacts } from '../../db/facts';
import type { Rows } from '../../domain/rows/rows';
import type { Scope } from '../http/dependencies';

/** The customer, and in full the subscriptions that use it by default, because their change is an event. */
export async function loadDefaults(tx: TransactionSql, scope: Scope, customer: string, method: string): Promise<Rows> {
  const facts = await loadCustomerFacts(tx, scope, customer, method);
  for (const { id } of facts.where('subscription', (each) => each.defaultPaymentMethod === method)) {
    const more = await loadFacts(tx, { account: scope.account, customer, subscription: id });
    for (const kind of ['subscriptionItem', 'price', 'product', 'discount', 'coupon', 'taxRate', 'invoice'] as const) {
      for (const row of more.all(kind)) facts.put(kind, row);
    }
  }
  return facts;
}
