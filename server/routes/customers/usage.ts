import { readLiveUsage } from '../../../db/metering/live-usage';
import { readUsageBy, type GroupedUsage } from '../../../db/metering/usage';
import { creditsLeft } from '../../../domain/credit-top-up/credits-left';
import { usageSoFar, type SpanUsage } from '../../../domain/usage/live-usage';
import type { Rows } from '../../../domain/rows/rows';
import type { Subscription } from '../../../domain/rows/subscription';
import { meteredItemsOf, sourceOf } from '../../../domain/usage/billing';
import { subscriptionUsage, type UsageGroup } from '../../../objects/customer-usage';
import { customerUsage } from '../../../objects/shapes/customer-usage';
import { operation } from '../../http/operation';
import { array, id, name, parameters } from '../../http/parameters';
import type { ApiRequest } from '../../http/request';

const SHOWN: Subscription['status'][] = ['trialing', 'active', 'past_due', 'unpaid', 'paused'];

/**
 * A customer's usage in the running periods up to this second, with its amount before discounts and tax, rated as it will be billed; and
 * the credit that it leaves.
 *
 * @throws BillingError resource_missing, lock_timeout
 */
export const retrieveCustomerUsage = operation({
  method: 'get',
  path: '/v1/customers/:customer/usage',
  summary: 'Retrieve usage so far',
  tag: 'Metering',
  own: true,
  parameters: parameters({
    group_by: array(name({ max: 100 }), { max: 10 }).optional(),
    meter: id().optional(),
    subscription: id().optional(),
  }),
  answer: customerUsage,
  async handle(request) {
    const { meter, subscription } = request.parameters;
    const { id: customer } = await request.find('customer', request.pathId('customer'));
    if (meter !== undefined) await request.find('meter', meter, 'meter');
    if (subscription !== undefined) await request.find('subscription', subscription, 'subscription');
    const now = await request.now(customer);
    const { rows, counted, from } = await readLiveUsage(request.deps.sql, { ...request.scope, customer }, now);
    const living = rows.where('subscription', (each) => each.customer === customer && SHOWN.includes(each.status) && !each.hidden);
    const shown = living.filter((each) => subscription === undefined || each.id === subscription);
    const groups = await groupsBySpan(request, customer, { rows, shown, now });
    const filter = { meter: meter ?? null, groupsOf: (span: SpanUsage) => groups.get(spanKey(span)) ?? null };
    const unpriced = counted.filter((each) => (meter === undefined || each.meter === meter) && !isPriced(rows, living, each));
    return {
      body: {
        object: 'customer_usage' as const,
        customer,
        livemode: request.scope.livemode,
        as_of: now,
        subscriptions: shown.map((each) => subscriptionUsage(rows, each, now, filter)),
        credits: creditsOf(rows, customer, now),
        unpriced: { period: { start: from, end: now + 1 }, usage: unpriced },
      },
    };
  },
});

/** By currency, the credit for all metered usage that is left after this usage. */
function creditsOf(rows: Rows, customer: string, now: number): { currency: string; left: number | null }[] {
  const credits = [...rows.all('creditGrant'), ...rows.all('creditTopUp')].filter((each) => each.customer === customer);
  const currencies = [...new Set(credits.map(({ currency }) => currency))];
  return currencies.map((currency) => ({ currency, left: creditsLeft(rows, customer, { currency, prices: null }, now) }));
}

type Asked = ApiRequest<{ group_by?: string[] | undefined; meter?: string | undefined }>;

async function groupsBySpan(
  { deps, scope, parameters: { group_by: groupBy, meter } }: Asked,
  customer: string,
  { rows, shown, now }: { rows: Rows; shown: Subscription[]; now: number },
): Promise<Map<string, UsageGroup[]>> {
  const spans = shown.flatMap((each) => usageSoFar(rows, each, now)).filter((span) => meter === undefined || span.meter === meter);
  if (groupBy === undefined) return new Map();
  const read = spans.map(async (span) => {
    const window = { meter: span.meter, filters: span.filters, from: span.from, to: span.running ? now + 1 : span.to, groupBy };
    const groups = await readUsageBy(deps.sql, { ...scope, customer }, window);
    return [spanKey(span), groups.map(({ dimensions, quantity, events }) => ({ dimensions, quantity, events }))] as const;
  });
  return new Map(await Promise.all(read));
}

const spanKey = ({ subscriptionItem, price, from }: SpanUsage): string => `${subscriptionItem} ${price} ${String(from)}`;

/** Whether an item of a living subscription bills events with these dimensions. */
function isPriced(rows: Rows, living: Subscription[], { meter, dimensions }: GroupedUsage & { meter: string }): boolean {
  const sources = living.flatMap(({ id: of }) => meteredItemsOf(rows, of)).map((item) => sourceOf(rows.get('price', item.price)));
  return sources.some(
    (source) => source.meter === meter && Object.entries(source.dimension_filters).every(([name, value]) => dimensions[name] === value),
  );
}
