import { BillingError } from '../../../domain/core/errors';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import { detachFrom } from '../../writes/detach-payment-method';

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
    await detachFrom(request, customer, method.id);
    return { kind: 'paymentMethod', key: method.id };
  },
});

const NOT_ATTACHED = 'The payment method you provided is not attached to a customer so detachment is impossible.';
