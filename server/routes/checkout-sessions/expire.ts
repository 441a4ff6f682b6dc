import { loadSessionFacts } from '../../../db/checkout';
import { expireSession } from '../../../domain/checkout/life';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Expires an open checkout session: nobody can pay it any more.
 *
 * @throws BillingError resource_missing, checkout_session_unexpected_state
 */
export const expireCheckoutSession = operation({
  method: 'post',
  path: '/v1/checkout/sessions/:session/expire',
  summary: 'Expire a checkout session',
  tag: 'Checkout',
  parameters: parameters({}),
  shows: 'checkoutSession',
  async handle(request) {
    const { id, customer } = await request.find('checkoutSession', request.pathId('session'));
    await request.change({
      step: 'expireCheckoutSession',
      customer,
      subject: id,
      load: (tx) => loadSessionFacts(tx, request.scope, id),
      plan: (changes) => {
        expireSession(changes, id);
      },
    });
    return { kind: 'checkoutSession', key: id };
  },
});
