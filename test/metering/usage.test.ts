import BigNumber from 'bignumber.js';
import fc from 'fast-check';
import { readUsage, readUsageBy } from '../../db/metering/usage';
import { FORMULAS, type Formula } from '../../domain/rows/meter';
import { usageKey, type UsageWindow } from '../../domain/rows/usage';
import { startServer, type TestServer } from '../server/server';

const HOUR = 3600;
let server: TestServer;
let meters: Record<Formula, { id: string; eventName: string }>;
let start: number;

beforeAll(async () => {
  server = await startServer();
  start = Math.floor(Date.now() / 1000 / HOUR) * HOUR - 10 * HOUR;
  const made = FORMULAS.map(async (formula) => {
    const terms = { display_name: formula, event_name: formula, default_aggregation: { formula } };
    const own = { dimension_payload_keys: ['model'], cost_settings: { event_payload_key: 'cost', currency: 'usd' } };
    const { id } = await server.stripe.billing.meters.create({ ...terms, ...own });
    return [formula, { id, eventName: formula }] as const;
  });
  meters = Object.fromEntries(await Promise.all(made)) as typeof meters;
});
afterAll(() => server.stop());

interface Sent {
  formula: Formula;
  /** Seconds after `start`. */
  after: number;
  value: string;
  model: string;
  cost: string | null;
  canceled: boolean;
}

/** Close to the ends of hours more often than not, and often at the same second as others. */
const instants = fc.oneof(
  fc.integer({ min: 0, max: 8 * HOUR }),
  fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: -2, max: 2 })).map(([hour, off]) => Math.max(0, hour * HOUR + off)),
);
const sent: fc.Arbitrary<Sent> = fc.record({
  formula: fc.constantFrom(...FORMULAS),
  after: instants,
  value: fc.constantFrom('0', '1', '2', '2.5', '0.000000000001', '999999999999999', '3', '3.0'),
  model: fc.constantFrom('large', 'small'),
  cost: fc.constantFrom(null, '0.25', '12'),
  canceled: fc.boolean(),
});
const windows = fc.record({ from: instants, length: instants, model: fc.constantFrom(null, 'large', 'small') });

test('usage of a window equals counting its events one by one, to the second, for every formula', async () => {
  const stories = fc.tuple(fc.array(sent, { minLength: 1, maxLength: 60 }), fc.array(windows, { minLength: 4, maxLength: 12 }));
  await fc.assert(
    fc.asyncProperty(stories, async ([events, params]) => {
      const { id: customer } = await server.stripe.customers.create({});
      await send(customer, events);
      const left = events.filter((event) => !event.canceled);
      const of = { account: server.account, livemode: false, customer };
      const all = params.flatMap(({ from, length, model }) =>
        FORMULAS.map((formula): UsageWindow => {
          const filters: Record<string, string> = model === null ? {} : { model };
          return { meter: meters[formula].id, filters, from: start + from, to: start + from + length };
        }),
      );
      const usage = await readUsage(server.deps.sql, of, all);
      for (const window of all) expect([window, usage.get(usageKey(window))]).toEqual([window, recount(left, window)]);
      const [first] = all;
      if (first) await checkGroups(of, left, first);
    }),
    { numRuns: 12, seed: 7 },
  );
});

async function checkGroups(
  of: { account: string; livemode: boolean; customer: string },
  events: Sent[],
  window: UsageWindow,
): Promise<void> {
  const { meter, from, to } = window;
  const groups = await readUsageBy(server.deps.sql, of, { meter, from, to, groupBy: ['model'] });
  const expected = ['large', 'small'].flatMap((model) => {
    const counted = recount(events, { meter, from, to, filters: { model } });
    const costs = within(events, { meter, from, to, filters: { model } }).flatMap(({ cost }) => (cost === null ? [] : [cost]));
    const cost = costs.length === 0 ? null : BigNumber.sum(...costs).toFixed();
    return counted.events === 0 ? [] : [{ dimensions: { model }, ...counted, cost }];
  });
  expect(groups).toEqual(expected);
}

async function send(customer: string, events: Sent[]): Promise<void> {
  const { authentication_token: token } = await server.stripe.v2.billing.meterEventSession.create();
  const given = events.map((event, index) => ({
    event_name: event.formula,
    identifier: `${customer} ${String(index)}`,
    timestamp: new Date((start + event.after) * 1000).toISOString(),
    payload: { stripe_customer_id: customer, value: event.value, model: event.model, ...(event.cost === null ? {} : { cost: event.cost }) },
  }));
  await server.as(token).v2.billing.meterEventStream.create({ events: given });
  for (const [index, event] of events.entries()) {
    if (!event.canceled) continue;
    const cancel = { identifier: `${customer} ${String(index)}` };
    await server.stripe.billing.meterEventAdjustments.create({ event_name: event.formula, type: 'cancel', cancel });
  }
}

function within(events: Sent[], { meter, filters, from, to }: UsageWindow): Sent[] {
  return events.filter(
    ({ formula, after, model }) =>
      meters[formula].id === meter && start + after >= from && start + after < to && (filters['model'] ?? model) === model,
  );
}

/** The slow and obvious way. */
function recount(events: Sent[], window: UsageWindow): { quantity: string; events: number } {
  const counted = within(events, window);
  return { quantity: quantityOf(counted), events: counted.length };
}

function quantityOf(counted: Sent[]): string {
  const values = counted.map(({ value }) => value);
  const [first] = counted;
  if (!first) return '0';
  if (first.formula === 'count') return String(values.length);
  if (first.formula === 'unique') return String(new Set(values).size);
  if (first.formula === 'sum') return BigNumber.sum(...values).toFixed();
  if (first.formula === 'max') return BigNumber.max(...values).toFixed();
  // The latest by its time; of those at one second the one that was received last.
  const last = counted.reduce((latest, event) => (event.after >= latest.after ? event : latest));
  return new BigNumber(last.value).toFixed();
}
