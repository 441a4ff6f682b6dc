import { loadRows } from '../../../db/related';
import { restateRequest } from '../../../db/step-requests';
import { beginsOf, type Quote } from '../../../domain/rows/quote';
import { unexpected } from '../../../domain/quote/changes';
import { discountsOf } from '../../../domain/quote/discounts';
import type { AcceptQuoteParameters } from '../../../domain/quote/acceptance';
import { acceptQuoteUpdate } from '../../../workflows/contract';
import { unlessDone, type Entity } from '../../writes/entities';
import { namedBy } from '../../writes/named-rows';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';
import { assertRoom } from '../subscriptions/room';
import { namesIn } from './lines';

/**
 * Accepts an open quote: creates its subscription, its schedule, or its draft invoice, in one commit with the acceptance. So if several
 * requests race, one wins and the others are refused.
 *
 * @throws BillingError resource_missing, quote_unexpected_state, coupon_expired, parameter_invalid, too_many_subscriptions, lock_timeout
 */
export const acceptQuote = operation({
  method: 'post',
  path: '/v1/quotes/:quote/accept',
  summary: 'Accept a quote',
  tag: 'Quotes',
  parameters: parameters({}),
  shows: 'quote',
  through: 'workflow',
  handle: async (request) => {
    const quote = await request.find('quote', request.pathId('quote'));
    const entity = await begunBy(request, quote);
    await unlessDone(request, entity, () => {
      if (quote.status !== 'open') throw unexpected(quote, 'only an open quote can be accepted');
    });
    if (entity.kind !== 'invoice') await assertRoom(request, entity);
    await restateRequest(request.deps.sql, request.id, { path: request.path, names: await namesOf(request, quote) });
    await request.changeThroughWorkflow(entity, acceptQuoteUpdate);
    return { kind: 'quote', key: quote.id };
  },
});

/** The workflow that runs the acceptance. For a repeated request, it is that of the created object. */
async function begunBy(request: ApiRequest<unknown>, quote: Quote): Promise<Entity> {
  const { customer, status, subscription, subscriptionSchedule: schedule } = quote;
  if (status !== 'accepted') {
    const kind = beginsOf(quote, await request.now(customer));
    return { kind, subject: request.newId(PREFIXES[kind]), customer };
  }
  const kind = schedule !== null ? 'schedule' : subscription !== null ? 'subscription' : 'invoice';
  return { kind, subject: request.newId(PREFIXES[kind]), customer };
}

const PREFIXES = { invoice: 'in', schedule: 'sub_sched', subscription: 'sub' } as const;

/** Includes the coupons and codes that are redeemed now. */
async function namesOf({ deps, scope }: ApiRequest<unknown>, quote: Quote): Promise<AcceptQuoteParameters['names']> {
  const offered = (await loadRows(deps.sql, 'discount', scope, discountsOf(quote))).all('discount');
  return {
    ...namedBy(namesIn(quote)),
    quote: [quote.id],
    coupon: offered.map(({ coupon }) => coupon),
    promotionCode: offered.flatMap(({ promotionCode }) => promotionCode ?? []),
  };
}
