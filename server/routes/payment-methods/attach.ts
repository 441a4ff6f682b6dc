import { loadCustomerFacts } from '../../../db/customers';
import { byKey, loadMatching } from '../../../db/matching';
import { lockPaymentMethod } from '../../../db/payments';
import { attachPaymentMethod, newPaymentMethod } from '../../../domain/customer/payment-methods';
import { operation } from '../../http/operation';
import { id, parameters } from '../../http/parameters';
import { present } from '../../http/request';
import { refuseDeclinedCard } from '../../sandbox/new-card';
import { isMethodToken, methodOfToken } from '../../sandbox/new-method';

/**
 * Attaches a payment method to a customer; `pm_card_visa` and the like create a new one first. Everything of the customer that waits for a
 * working card retries.
 *
 * @throws BillingError resource_missing, payment_method_unusable, lock_timeout, and 402 for a card that its bank declines
 */
export const attachPaymentMethodOperation = operation({
  method: 'post',
  path: '/v1/payment_methods/:payment_method/attach',
  summary: 'Attach a payment method to a customer',
  tag: 'Payment methods',
  parameters: parameters({ customer: id() }),
  shows: 'paymentMethod',
  unsupported: ['customer_account'],
  async handle(request) {
    const { customer } = request.parameters;
    const named = request.pathId('payment_method');
    const card = isMethodToken(named) ? await methodOfToken(request, named, 'id') : null;
    refuseDeclinedCard(card ?? (await request.find('paymentMethod', named)));
    await request.change({
      step: 'attachPaymentMethod',
      customer,
      load: async (tx) => {
        const [, facts, methods] = await Promise.all([
          lockPaymentMethod(tx, named),
          loadCustomerFacts(tx, request.scope, customer),
          loadMatching(tx, request.scope, [byKey('paymentMethod', named)]),
        ]);
        for (const method of methods.all('paymentMethod')) facts.put('paymentMethod', method);
        return facts;
      },
      plan: (changes) => {
        const method = card ? newPaymentMethod(changes, card) : present(changes, 'paymentMethod', named);
        attachPaymentMethod(changes, method.id, customer);
      },
    });
    return { kind: 'paymentMethod', key: card ? request.newId('pm') : named };
  },
});
