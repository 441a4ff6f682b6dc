import fc from 'fast-check';
import { startServer, type TestServer } from '../server/server';

const [HOUR, DAY] = [3600, 86_400];
let server: TestServer;
let today: number;

beforeAll(async () => {
  server = await startServer();
  today = Math.floor(Date.now() / 1000 / DAY) * DAY;
  for (const event_time_window of ['hour', 'day'] as const)
    for (const formula of ['sum', 'count'] as const)
      await server.stripe.billing.meters.create({
        ...{ display_name: event_time_window, event_name: `${event_time_window} ${formula}`, event_time_window },
        ...{ default_aggregation: { formula }, dimension_payload_keys: ['model'] },
      });
});
afterAll(() => server.stop());

interface Sent {
  /** Seconds before today. */
  ago: number;
  value: number;
  model: string;
}
const sent: fc.Arbitrary<Sent> = fc.record({
  ago: fc.integer({ min: 1, max: 3 * DAY }),
  value: fc.nat(1000),
  model: fc.constantFrom('large', 'small'),
});

const countOf = async (name: string, customer: string): Promise<number> => {
  const meter = (await server.stripe.billing.meters.list({ limit: 100 })).data.find(({ event_name }) => event_name === name);
  const params = { customer, start_time: today - 3 * DAY, end_time: today };
  const { data } = await server.stripe.billing.meters.listEventSummaries(meter?.id ?? '', params);
  return data[0]?.aggregated_value ?? NaN;
};

test.each([
  ['hour', HOUR],
  ['day', DAY],
] as const)(
  'values that are aggregated by the %s before they are sent: the last event received replaces those before it',
  async (name, seconds) => {
    await fc.assert(
      fc.asyncProperty(fc.array(sent, { minLength: 1, maxLength: 25 }), async (events) => {
        const { id: customer } = await server.stripe.customers.create({});
        const latest = new Map<string, number>();
        for (const { ago, value, model } of events) {
          const payload = { stripe_customer_id: customer, value: String(value), model };
          for (const formula of ['sum', 'count'])
            await server.stripe.billing.meterEvents.create({ event_name: `${name} ${formula}`, payload, timestamp: today - ago });
          latest.set(`${model} ${String(Math.floor((today - ago) / seconds))}`, value);
        }
        expect(await countOf(`${name} sum`, customer)).toBe([...latest.values()].reduce((sum, each) => sum + each, 0));
        expect(await countOf(`${name} count`, customer)).toBe(latest.size);
      }),
      { numRuns: 8 },
    );
  },
);

test('of concurrent events in one window one counts, whoever sends them; after its cancellation none counts until the next event', async () => {
  const { id: customer } = await server.stripe.customers.create({});
  const send = (value: number) =>
    server.stripe.billing.meterEvents.create({
      event_name: 'day sum',
      identifier: `${customer} ${String(value)}`,
      payload: { stripe_customer_id: customer, value: String(value), model: 'large' },
      timestamp: today - 1 - (value % DAY),
    });
  await Promise.all(Array.from({ length: 40 }, (_, index) => send((index + 1) * 2000)));
  const counted = await countOf('day sum', customer);
  expect(counted % 2000).toBe(0);
  expect(counted).toBeGreaterThan(0);
  await send(500);
  expect(await countOf('day sum', customer)).toBe(500);
  const cancel = { event_name: 'day sum', type: 'cancel', cancel: { identifier: `${customer} 500` } } as const;
  await server.stripe.billing.meterEventAdjustments.create(cancel);
  expect(await countOf('day sum', customer)).toBe(0);
  await send(700);
  expect(await countOf('day sum', customer)).toBe(700);
});
