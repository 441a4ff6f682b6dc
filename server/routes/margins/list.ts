import { loadMarginFacts, marginCustomers, type MarginScope } from '../../../db/metering/margin-facts';
import { loadRows } from '../../../db/related';
import { groupMargins, marginId, marginsOf, type Margin } from '../../../domain/meter/margins';
import { LIMITS } from '../../../domain/core/limits';
import { edgesBetween } from '../../../domain/money/calendar-edges';
import { toMargin } from '../../../objects/margin';
import { margin } from '../../../objects/shapes/margin';
import { listOf } from '../../../objects/wire';
import { listShape } from '../../../objects/shapes/parts';
import { operation } from '../../http/operation';
import { array, currency, id, integer, name, oneOf, parameters } from '../../http/parameters';
import { ParameterError } from '../../http/parameter-error';
import type { ApiRequest } from '../../http/request';

const { max: PERIODS_MAX } = LIMITS.reportPeriods;
/** Customers read at once. */
const CUSTOMERS = 20;
const time = integer({ min: 0, max: 253_402_300_799 });
const GROUPS = ['customer', 'product', 'meter'] as const;

/**
 * Revenue, cost and margin in a span of time, by the time of service: for finalized invoices, before tax and after discounts.
 *
 * @throws BillingError parameter_invalid, resource_missing
 */
export const listMargins = operation({
  method: 'get',
  path: '/v1/billing/margins',
  summary: 'List margins',
  tag: 'Metering',
  own: true,
  parameters: parameters({
    currency: currency().optional(),
    customer: id().optional(),
    end_time: time,
    group_by: array(oneOf(GROUPS), { max: GROUPS.length }).optional(),
    interval: oneOf(['day', 'week', 'month']).optional(),
    limit: integer({ min: 1, max: 100 }).default(10),
    meter: id().optional(),
    product: id().optional(),
    start_time: time,
    starting_after: name({ max: 1_000 }).optional(),
  }),
  answer: listShape(margin),
  async handle(request) {
    const { limit, starting_after: after = '', group_by: groups = ['customer', 'product'] } = request.parameters;
    const scope = await scopeOf(request);
    const by = groupsOf(groups);
    const found = await marginsUntil(request, scope, (margins) => by.customer && pageOf(groupMargins(margins, by), after).length > limit);
    const page = pageOf(groupMargins(found, by), after);
    const data = page.slice(0, limit).map((margin) => toMargin(margin, scope.currency, by));
    return { body: listOf(data, '/v1/billing/margins', page.length > limit) };
  },
});

type Asked = ApiRequest<{
  currency?: string | undefined;
  customer?: string | undefined;
  end_time: number;
  group_by?: string[] | undefined;
  interval?: 'day' | 'week' | 'month' | undefined;
  meter?: string | undefined;
  product?: string | undefined;
  start_time: number;
  starting_after?: string | undefined;
}>;

async function scopeOf(request: Asked): Promise<MarginScope> {
  const { currency: params, customer, end_time: to, interval, meter, product, start_time: from } = request.parameters;
  for (const [kind, named] of Object.entries({ customer, meter, product })) {
    if (named !== undefined) await request.find(kind as 'customer' | 'meter' | 'product', named, kind);
  }
  const { account } = request.scope;
  const spent = params ?? (await loadRows(request.deps.sql, 'account', request.scope, [account])).get('account', account).defaultCurrency;
  return { ...request.scope, currency: spent, edges: edgesOf(from, to, interval ?? null), meter: meter ?? null };
}

/** Reads whole customers, in the order of the list, until there are enough rows for the page. */
async function marginsUntil(request: Asked, scope: MarginScope, isEnough: (margins: Margin[]) => boolean): Promise<Margin[]> {
  const { customer, product, group_by: groups, starting_after: after = '' } = request.parameters;
  const from = groups && !groups.includes('customer') ? '' : (after.split('/')[0] ?? '');
  const found: Margin[] = [];
  for await (const margins of byCustomers(request.deps.sql, scope, { customer, from })) {
    found.push(...margins.filter((each) => product === undefined || each.product === product));
    if (isEnough(found)) break;
  }
  return found;
}

function edgesOf(from: number, to: number, interval: 'day' | 'week' | 'month' | null): number[] {
  if (to <= from) throw new ParameterError('parameter_invalid', 'end_time must be after start_time.', 'end_time');
  const edges = edgesBetween(from, to, (to - from) / 86_400 > PERIODS_MAX * 31 ? null : interval);
  if (edges.length - 1 <= PERIODS_MAX && (interval === null || (to - from) / 86_400 <= PERIODS_MAX * 31)) return edges;
  throw new ParameterError('parameter_invalid', `At most ${String(PERIODS_MAX)} periods can be asked for at once.`, 'end_time');
}

const groupsOf = (groups: readonly string[]) => ({
  customer: groups.includes('customer'),
  product: groups.includes('product'),
  meter: groups.includes('meter'),
});

const pageOf = (margins: Margin[], after: string): Margin[] => margins.filter((margin) => marginId(margin) > after);

async function* byCustomers(
  sql: Parameters<typeof loadMarginFacts>[0],
  scope: MarginScope,
  of: { customer: string | undefined; from: string },
): AsyncGenerator<Margin[]> {
  let from = of.from;
  for (;;) {
    const page = of.customer === undefined ? await marginCustomers(sql, scope, { from, limit: CUSTOMERS + 1 }) : [of.customer];
    const facts = await Promise.all(page.slice(0, CUSTOMERS).map((customer) => loadMarginFacts(sql, scope, customer)));
    yield facts.flatMap(({ lines, cells, spans }) => marginsOf(lines, cells, spans, scope.edges));
    const next = page[CUSTOMERS];
    if (next === undefined) return;
    from = next;
  }
}
