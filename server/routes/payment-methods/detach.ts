import { loadCustomerFacts } from '../../../db/customers';
import { loadFacts } from '../../../db/facts';
import { detachPaymentMethod } from '../../../domain/customer/payment-methods';
import type { TransactionSql } from '../../../db/connect';
import type { Rows } from '../../../domain/rows/rows';
import type { Scope } from '../../http/dependencies';
import { BillingError } from '../../../domain/core/errors';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Detaches a payment method from its customer for good. Where it was the default, there is no default afterwards.
 *
 * @throws BillingError resource_missing, payment_method_unusable (it has no customer), lock_timeout
 */
export const detachPaymentMethodOperation = operation({
  method: 'post',
  path: '/v1/payment_methods/:payment_method/detach',
  summary: 'Detach a payment method from its customer',
  tag: 'Payment methods',
  parameters: parameters({}),
  shows: 'paymentMethod',
  async handle(request) {
    const method = await request.find('paymentMethod', request.pathId('payment_method'));
    const { customer } = method;
    if (customer === null) throw new BillingError('payment_method_unusable', NOT_ATTACHED);
    await request.change({
      step: 'detachPaymentMethod',
      customer,
      subject: method.id,
      load: (tx) => loadDefaults(tx, request.scope, customer, method.id),
      plan: (changes) => {
        detachPaymentMethod(changes, method.id);
      },
    });
    return { kind: 'paymentMethod', key: method.id };
  },
});

const NOT_ATTACHED = 'The payment method you provided is not attached to a customer so detachment is impossible.';

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
