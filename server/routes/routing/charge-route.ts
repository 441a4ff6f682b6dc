import { triesOf } from '../../../db/routing';
import { chargeRoute } from '../../../objects/shapes/routing';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Explains the route of a charge: which processors were asked for its payment, in order, by which rule and which version of the rules.
 *
 * @throws BillingError resource_missing
 */
export const retrieveChargeRoute = operation({
  method: 'get',
  path: '/v1/charges/:charge/route',
  summary: 'Explain the route of a charge',
  tag: 'Processors',
  own: true,
  parameters: parameters({}),
  answer: chargeRoute,
  async handle(request) {
    const { id, paymentIntent, attempt, gateway, livemode } = await request.find('charge', request.pathId('charge'));
    const tries = await triesOf(request.deps.sql, { paymentIntent, attempt });
    return {
      body: {
        object: 'charge_route' as const,
        charge: id,
        livemode,
        payment_intent: paymentIntent,
        processor: gateway,
        tries: tries.map(({ number, processor, status, created, route, charge }) => ({
          ...{ attempt: number, charge, created, processor, status },
          because: route?.because ?? null,
          from: route?.from ?? null,
          rule: route?.rule ?? null,
          version: route?.version ?? null,
        })),
      },
    };
  },
});
