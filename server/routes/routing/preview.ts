import type { z } from 'zod';
import { routeOf, type Routed } from '../../../domain/payment/routing';
import { CARD_BRANDS } from '../../../domain/rows/payment-method';
import { LIMITS } from '../../../domain/core/limits';
import { routingPreview } from '../../../objects/shapes/routing';
import { operation } from '../../http/operation';
import { ParameterError } from '../../http/parameter-error';
import { currency, id, integer, oneOf, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { country } from '../../schemas/countries';
import { findRouting } from './show';

const asked = parameters({
  amount: integer({ min: 1, max: LIMITS.chargeAmount.max }),
  brand: oneOf(CARD_BRANDS).optional(),
  country: country().optional(),
  currency: currency(),
  customer: id().optional(),
  payment_method: id().optional(),
});

/**
 * Says where a charge would go by the rules in force. Nothing is charged, and no processor is asked. With `payment_method` the card's own brand
 * and country count.
 *
 * @throws BillingError parameter_invalid, parameter_missing, resource_missing
 */
export const previewRouting = operation({
  method: 'get',
  path: '/v1/routing/preview',
  summary: 'Preview the route of a charge',
  tag: 'Processors',
  own: true,
  parameters: asked,
  answer: routingPreview,
  async handle(request) {
    const { amount, currency: of } = request.parameters;
    const { home, ...card } = await cardOf(request);
    const routing = await findRouting(request);
    const route = routeOf(routing, { amount, currency: of, home, ...card });
    const shown = route ?? { processor: home, because: null, rule: null, next: [], next_on: [] };
    const { processor, because, rule, next, next_on: nextOn } = shown;
    const { livemode } = request.scope;
    const { version } = routing;
    return { body: { object: 'routing_preview' as const, because, livemode, next, next_on: nextOn, processor, rule, version } };
  },
});

type Asked = ApiRequest<z.output<typeof asked>>;

/** A stored card with its customer, or what the caller says of one. */
async function cardOf(request: Asked): Promise<Omit<Routed, 'amount' | 'currency'>> {
  const { customer, payment_method: method } = request.parameters;
  if (customer !== undefined) await request.find('customer', customer, 'customer');
  return method === undefined ? described(request) : storedCard(request, method);
}

function described({ parameters: { customer, brand, country }, deps }: Asked): Omit<Routed, 'amount' | 'currency'> {
  const [first] = deps.config.processors;
  return { home: first?.name ?? 'sandbox', key: customer ?? '', brand: brand ?? null, country: country ?? null };
}

async function storedCard(request: Asked, method: string): Promise<Omit<Routed, 'amount' | 'currency'>> {
  const { card, gateway: home, customer } = await request.find('paymentMethod', method, 'payment_method');
  if (card === null) throw new ParameterError('parameter_invalid', 'Only cards are routed.', 'payment_method');
  return { home, key: request.parameters.customer ?? customer ?? '', brand: card.brand, country: card.country };
}
