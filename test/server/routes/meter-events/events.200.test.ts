import type Stripe from 'stripe';
import { newApiKey, revokeApiKey, saveApiKey } from '../../../../db/api-keys';
import { refusalOf, startServer, type TestServer } from '../../server';

const DAY = 86_400;
let server: TestServer;
let customer: string;
let now: number;
beforeAll(async () => {
  server = await startServer();
  customer = (await server.stripe.customers.create({})).id;
  now = Math.floor(Date.now() / 1000);
});
afterAll(() => server.stop());

let names = 0;
async function meterOf(formula: string, more: object = {}): Promise<Stripe.Billing.Meter> {
  const terms = { display_name: 'm', event_name: `event_${String((names += 1))}`, default_aggregation: { formula } };
  return server.stripe.billing.meters.create({ ...terms, ...more });
}

const send = (meter: Stripe.Billing.Meter, payload: Record<string, string>, more: Partial<Stripe.Billing.MeterEventCreateParams> = {}) =>
  server.stripe.billing.meterEvents.create({
    event_name: meter.event_name,
    payload: { stripe_customer_id: customer, ...payload },
    ...more,
  });

async function usage(meter: Stripe.Billing.Meter, more: object = {}): Promise<number[]> {
  const minute = Math.floor(now / 60) * 60;
  const span = { customer, start_time: minute - 36 * DAY, end_time: minute + DAY, ...more };
  const { data } = await server.stripe.billing.meters.listEventSummaries(meter.id, span);
  return data.map((each) => each.aggregated_value);
}

describe('an identifier counts once', () => {
  it('the same event again gets the first answer, even if its default timestamp differs', async () => {
    const meter = await meterOf('sum');
    const first = await send(meter, { value: '5' }, { identifier: 'once' });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await send(meter, { value: '5' }, { identifier: 'once' })).toEqual(first);
    expect(await usage(meter)).toEqual([5]);
  });

  it('with another event is refused, and changes nothing', async () => {
    const meter = await meterOf('sum');
    await send(meter, { value: '5' }, { identifier: 'taken' });
    for (const [value, more] of [
      ['6', {}],
      ['5', { timestamp: now - 60 }],
    ] as const) {
      const refused = await refusalOf(send(meter, { value }, { identifier: 'taken', ...more }));
      expect(refused).toMatchObject({
        statusCode: 400,
        code: 'duplicate_meter_event',
        message: 'An event already exists with identifier taken.',
      });
    }
    expect(await usage(meter)).toEqual([5]);
  });

  it('defaults to the Idempotency-Key; without either, each event counts', async () => {
    const meter = await meterOf('count');
    const event = { event_name: meter.event_name, payload: { stripe_customer_id: customer } };
    const first = await server.stripe.billing.meterEvents.create(event, { idempotencyKey: 'key-1' });
    expect(await server.stripe.billing.meterEvents.create(event, { idempotencyKey: 'key-1' })).toEqual(first);
    await send(meter, {});
    await send(meter, {});
    expect(await usage(meter)).toEqual([3]);
    const [row] = await server.database.sql<{ count: number }[]>`select count(*) from requests where path like '%meter_events%'`;
    expect(row?.count).toBe(0);
  });

  it('is separate in the other mode', async () => {
    const live = server.as(server.keys.live);
    const meter = await live.billing.meters.create({ display_name: 'l', event_name: 'live', default_aggregation: { formula: 'sum' } });
    const { id } = await live.customers.create({});
    await live.billing.meterEvents.create({
      event_name: meter.event_name,
      identifier: 'once',
      payload: { stripe_customer_id: id, value: '1' },
    });
  });

  it('events stay counted after the meter is deactivated, and a repetition is answered', async () => {
    const meter = await meterOf('sum');
    const first = await send(meter, { value: '5' }, { identifier: 'before' });
    await server.stripe.billing.meters.deactivate(meter.id);
    expect(await refusalOf(send(meter, { value: '5' }))).toMatchObject({ code: 'archived_meter' });
    expect(await send(meter, { value: '5' }, { identifier: 'before' })).toEqual(first);
  });
});

describe('an event that does not count is refused with the reason', () => {
  it.each([
    ['no_meter', { event_name: 'nobody' }, {}],
    ['meter_event_no_customer_defined', {}, { stripe_customer_id: undefined }],
    ['meter_event_customer_not_found', {}, { stripe_customer_id: 'cus_nobody' }],
    ['meter_event_value_not_found', {}, { value: undefined }],
    ['meter_event_invalid_value', {}, { value: '1e3' }],
    ['meter_event_value_too_many_digits', {}, { value: '1234567890123456' }],
    ['meter_event_value_too_many_digits', {}, { value: '0.1234567890123' }],
    ['timestamp_too_far_in_past', { timestamp: -35 * DAY - 5 }, {}],
    ['timestamp_in_future', { timestamp: 310 }, {}],
  ])('%s', async (code, more: { timestamp?: number; event_name?: string }, payload) => {
    const meter = await meterOf('sum');
    const { timestamp, ...rest } = more;
    const at = timestamp === undefined ? {} : { timestamp: Math.floor(Date.now() / 1000) + timestamp };
    const body = {
      event_name: meter.event_name,
      payload: { stripe_customer_id: customer, value: '1', ...payload } as never,
      ...rest,
      ...at,
    };
    expect(await refusalOf(server.stripe.billing.meterEvents.create(body))).toMatchObject({ statusCode: 400, code });
    expect(await usage(meter)).toEqual([0]);
  });

  it('negative values are accepted for sums only', async () => {
    const [sum, last] = [await meterOf('sum'), await meterOf('last')];
    await send(sum, { value: '10' });
    await send(sum, { value: '-2.5' });
    expect(await usage(sum)).toEqual([7.5]);
    expect(await refusalOf(send(last, { value: '-1' }))).toMatchObject({ code: 'meter_event_invalid_value' });
  });

  it('timestamps up to 35 days old and 5 minutes ahead are accepted', async () => {
    const meter = await meterOf('count');
    const real = Math.floor(Date.now() / 1000);
    await send(meter, {}, { timestamp: real - 35 * DAY + 5 });
    await send(meter, {}, { timestamp: real + 299 });
    expect(await usage(meter)).toEqual([2]);
  });

  it('on a test clock, timestamps are compared with its frozen time', async () => {
    const frozen = Date.UTC(2031, 4, 1) / 1000;
    const { id: clock } = await server.stripe.testHelpers.testClocks.create({ frozen_time: frozen });
    const { id } = await server.stripe.customers.create({ test_clock: clock });
    const meter = await meterOf('sum');
    const at = (timestamp?: number) => send(meter, { stripe_customer_id: id, value: '1' }, timestamp === undefined ? {} : { timestamp });
    expect((await at()).timestamp).toBe(frozen);
    await at(frozen - 35 * DAY);
    await at(frozen + 300);
    expect(await refusalOf(at(frozen - 35 * DAY - 1))).toMatchObject({ code: 'timestamp_too_far_in_past' });
    expect(await refusalOf(at(frozen + 301))).toMatchObject({ code: 'timestamp_in_future' });
    expect(await refusalOf(at(now))).toMatchObject({ code: 'timestamp_too_far_in_past' });
  });
});

describe('dimensions', () => {
  it('filter and group usage, and must all be in the payload', async () => {
    const meter = await meterOf('sum', { dimension_payload_keys: ['model'] });
    for (const [model, value] of [
      ['large', '5'],
      ['small', '1'],
      ['large', '7'],
    ] as const)
      await send(meter, { model, value });
    expect(await refusalOf(send(meter, { value: '1' }))).toMatchObject({ code: 'missing_dimension_payload_keys', param: 'payload[model]' });
    expect(await usage(meter)).toEqual([13]);
    expect(await usage(meter, { dimension_filters: { model: 'large' } })).toEqual([12]);
    expect((await usage(meter, { dimension_group_by_keys: ['model'] })).sort()).toEqual([1, 12]);
    expect(await refusalOf(usage(meter, { dimension_filters: { region: 'eu' } }))).toMatchObject({ param: 'dimension_filters' });
  });
});

describe('adjustments', () => {
  it('cancel an event once, within a day, and its identifier stays used', async () => {
    const meter = await meterOf('max');
    for (const value of ['3', '9', '4']) await send(meter, { value }, { identifier: `adjusted ${value}` });
    const cancel = (identifier: string) =>
      server.stripe.billing.meterEventAdjustments.create({ event_name: meter.event_name, type: 'cancel', cancel: { identifier } });
    expect(await usage(meter)).toEqual([9]);
    expect(await cancel('adjusted 9')).toMatchObject({ object: 'billing.meter_event_adjustment', status: 'complete' });
    await cancel('adjusted 9');
    expect(await usage(meter)).toEqual([4]);
    await send(meter, { value: '9' }, { identifier: 'adjusted 9' });
    expect(await usage(meter)).toEqual([4]);
    expect(await refusalOf(cancel('nothing'))).toMatchObject({ code: 'resource_missing', statusCode: 400, param: 'cancel[identifier]' });
    await server.database.sql`update meter_events set received = received - 86400000001 where value = 3`;
    expect((await refusalOf(cancel('adjusted 3'))).message).toContain('24 hours');
  });

  it('on a test clock wait while it advances, and are refused when no invoice can include the correction', async () => {
    const meter = await meterOf('sum');
    const clock = await server.stripe.testHelpers.testClocks.create({ frozen_time: now });
    const { id } = await server.stripe.customers.create({ test_clock: clock.id });
    await send(meter, { stripe_customer_id: id, value: '1' }, { identifier: 'on a clock' });
    const cancel = () =>
      server.stripe.billing.meterEventAdjustments.create({
        ...{ event_name: meter.event_name, type: 'cancel' },
        cancel: { identifier: 'on a clock' },
      });
    const { sql } = server.database;
    await sql`update test_clocks set status = 'advancing', frozen_time = frozen_time + ${36 * DAY} where id = ${clock.id}`;
    expect(await refusalOf(cancel())).toMatchObject({ code: 'lock_timeout', statusCode: 429 });
    await sql`update test_clocks set status = 'ready', frozen_time = frozen_time + 1 where id = ${clock.id}`;
    expect(await refusalOf(cancel())).toMatchObject({ statusCode: 400, param: 'cancel[identifier]' });
    await sql`update test_clocks set frozen_time = frozen_time - 1 where id = ${clock.id}`;
    expect(await cancel()).toMatchObject({ status: 'complete' });
  });

  it('work in v2 too', async () => {
    const meter = await meterOf('unique');
    for (const value of ['ann', 'bob', 'ann']) await send(meter, { value }, { identifier: `v2 ${value} ${String(Math.random())}` });
    await send(meter, { value: 'eve' }, { identifier: 'v2 eve' });
    expect(await usage(meter)).toEqual([3]);
    const adjusted = await server.stripe.v2.billing.meterEventAdjustments.create({
      ...{ event_name: meter.event_name, type: 'cancel' },
      cancel: { identifier: 'v2 eve' },
    });
    expect(adjusted).toMatchObject({ object: 'v2.billing.meter_event_adjustment', status: 'complete', cancel: { identifier: 'v2 eve' } });
    expect(await usage(meter)).toEqual([2]);
  });
});

describe('the v2 API', () => {
  it('accepts one event with times in RFC 3339', async () => {
    const meter = await meterOf('sum');
    const timestamp = new Date((now - 60) * 1000).toISOString();
    const payload = { stripe_customer_id: customer, value: '2' };
    const create = (at: string) => server.stripe.v2.billing.meterEvents.create({ event_name: meter.event_name, payload, timestamp: at });
    for (const none of ['2026-02-30T00:00:00Z', '2026-11-31T00:00:00Z', '2026-11-22T24:00:00Z', '2026-11-22'])
      expect(await refusalOf(create(none))).toMatchObject({
        statusCode: 400,
        param: 'timestamp',
        message: expect.stringContaining('RFC 3339') as string,
      });
    const event = await create(timestamp);
    expect(event).toMatchObject({ object: 'v2.billing.meter_event', event_name: meter.event_name, payload, timestamp, livemode: false });
    expect(await usage(meter)).toEqual([2]);
  });

  it('streams a hundred events with a session’s token, and a key cannot use the stream', async () => {
    const meter = await meterOf('sum');
    const session = await server.stripe.v2.billing.meterEventSession.create();
    expect(Date.parse(session.expires_at) - Date.parse(session.created)).toBe(900_000);
    const one = { event_name: meter.event_name, payload: { stripe_customer_id: customer, value: '1' } };
    const events = Array.from({ length: 100 }, (_, index) => ({ ...one, identifier: `streamed ${String(index % 60)}` }));
    const stream = server.as(session.authentication_token).v2.billing.meterEventStream;
    await stream.create({ events });
    await stream.create({ events: [...events.slice(0, 10), { ...one, payload: { stripe_customer_id: customer, value: 'x' } }] });
    expect(await usage(meter)).toEqual([60]);
    expect(await refusalOf(stream.create({ events: [...events, one] }))).toMatchObject({ statusCode: 400 });
    expect(await refusalOf(server.stripe.v2.billing.meterEventStream.create({ events }))).toMatchObject({ statusCode: 401 });
    const forged = session.authentication_token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect(await refusalOf(server.as(`${forged}x`).v2.billing.meterEventStream.create({ events }))).toMatchObject({ statusCode: 401 });
  });

  it('refuses a session whose key was revoked', async () => {
    const meter = await meterOf('sum');
    const { sql } = server.database;
    const key = newApiKey(false);
    await saveApiKey(sql, { account: server.account, livemode: false, key, name: null, now: 1 });
    const session = await server.as(key).v2.billing.meterEventSession.create();
    await revokeApiKey(sql, { account: server.account, last4: key.slice(-4), now: 2 });
    const events = [{ event_name: meter.event_name, payload: { stripe_customer_id: customer, value: '1' } }];
    const refusal = await refusalOf(server.as(session.authentication_token).v2.billing.meterEventStream.create({ events }));
    expect(refusal).toMatchObject({ statusCode: 401, message: expect.stringContaining('was revoked') as string });
    expect(await usage(meter)).toEqual([0]);
  });
});

describe('summaries', () => {
  it('are by hour and day, newest first, and their bounds must be aligned', async () => {
    const meter = await meterOf('sum');
    const day = Math.floor(now / DAY) * DAY - 2 * DAY;
    for (const [after, value] of [
      [0, '1'],
      [3599, '2'],
      [3600, '4'],
      [DAY, '8'],
    ] as const)
      await send(meter, { value }, { timestamp: day + after });
    const list = (of: Partial<Stripe.Billing.MeterListEventSummariesParams>) =>
      server.stripe.billing.meters.listEventSummaries(meter.id, { customer, start_time: day, end_time: day + 2 * DAY, ...of });
    expect((await list({ value_grouping_window: 'day' })).data.map((each) => each.aggregated_value)).toEqual([8, 7]);
    const hours = await list({ value_grouping_window: 'hour', limit: 100 });
    expect(hours.data.slice(-2)).toMatchObject([
      { aggregated_value: 4, start_time: day + 3600 },
      { aggregated_value: 3, start_time: day, end_time: day + 3600, object: 'billing.meter_event_summary', meter: meter.id },
    ]);
    const all = await list({ value_grouping_window: 'hour', limit: 7 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(hours.data.map(({ id }) => id));
    expect(await refusalOf(list({ value_grouping_window: 'day', start_time: day + 3600 }))).toMatchObject({ param: 'start_time' });
    expect(await refusalOf(list({ end_time: day + 61 }))).toMatchObject({ param: 'end_time' });
  });
});
