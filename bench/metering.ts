/** Usage: events per second and their cost, their size, and the time to read them as they grow. */
import { readUsage } from '../db/metering/usage';
import type { Sql } from '../db/connect';
import { createApi, type Api } from './api';
import { cpuOf, cpuPer, type CpuMs } from './cpu';
import { fillWithEvents, monthStart, type Place } from './metering-fill';
import type { MeasuredStack } from './stack';
import { advanceClock, createClock, quantile, sideBySide, startSubscription, type Started } from './workload';

export interface Metering {
  intake: { api: 'v1' | 'v2 stream'; clients: number; events: number; perSecond: number; cpu: CpuMs }[];
  /** Sizes of tables with their indexes, per event. */
  bytes: { events: number; table: number; indexes: number; rollups: number };
  /**
   * A month of one customer: read by a span that begins and ends within an hour, previewed, and its renewal on a clock until it is paid.
   */
  reads: { events: number; fillSeconds: number; milliseconds: number; previewMs: number; renewalMs: number }[];
  /** The same for each of many customers, 1,000 events each. */
  customers: { customers: number; millisecondsEach: number }[];
}

export interface MeteringSize {
  /** Requests per level; a streamed request has 100 events. */
  meterRequests: number;
  meterEvents: number[];
  meteredCustomers: number[];
}

const MONTH = 30 * 86_400;
const PER_STREAM = 100;
const EACH = 1_000;
const REPEATS = 9;

export async function measureMetering(api: Api, stack: MeasuredStack, size: MeteringSize): Promise<Metering> {
  const meter = (await api.post('/v1/billing/meters', METER)).id;
  const intake: Metering['intake'] = [];
  for (const clients of [1, 8]) intake.push(await v1(api, stack, clients, size.meterRequests));
  for (const clients of [1, 8]) intake.push(await stream(api, stack, clients, size.meterRequests));
  const bytes = await bytesOf(stack.sql);
  const place = await placeOf(stack.sql, meter);
  const reads: Metering['reads'] = [];
  for (const events of size.meterEvents) reads.push(await oneCustomer(api, stack.sql, place, events));
  const customers: Metering['customers'] = [];
  for (const count of size.meteredCustomers) customers.push(await manyCustomers(api, stack.sql, place, count));
  return { intake, bytes, reads, customers };
}

const METER = {
  ...{ display_name: 'Tokens', event_name: 'bench_tokens', 'default_aggregation[formula]': 'sum' },
  ...{ 'dimension_payload_keys[0]': 'model', 'cost_settings[event_payload_key]': 'cost', 'cost_settings[currency]': 'usd' },
};

const payloadOf = (customer: string, index: number) => ({
  ...{ stripe_customer_id: customer, value: String((index * 37) % 4000), model: index % 3 === 0 ? 'large' : 'small', cost: '0.0125' },
});

/** One event per request, as the SDK sends it. */
async function v1(api: Api, stack: MeasuredStack, clients: number, requests: number): Promise<Metering['intake'][number]> {
  const customers = await customersOf(api, clients);
  const send = (index: number) => {
    const payload = Object.entries(payloadOf(customers[index % clients] ?? '', index));
    const fields = payload.map(([key, value]) => [`payload[${key}]`, value]);
    const identifier = `v1 ${String(clients)} ${String(index)}`;
    return api.post('/v1/billing/meter_events', { event_name: METER.event_name, identifier, ...(Object.fromEntries(fields) as object) });
  };
  await sideBySide(50, clients, (index) => send(requests + index));
  return measured(stack, { api: 'v1', clients, events: requests }, () => sideBySide(requests, clients, send));
}

async function stream(api: Api, stack: MeasuredStack, clients: number, requests: number): Promise<Metering['intake'][number]> {
  const customers = await customersOf(api, clients);
  const session = await api.postJson('/v2/billing/meter_event_session', {});
  const opened = createApi({ url: stack.url, apiKey: String(session['authentication_token']) });
  const send = (request: number) => {
    const events = Array.from({ length: PER_STREAM }, (_, index) => ({
      event_name: METER.event_name,
      identifier: `stream ${String(clients)} ${String(request)} ${String(index)}`,
      payload: payloadOf(customers[request % clients] ?? '', index),
    }));
    return opened.postJson('/v2/billing/meter_event_stream', { events });
  };
  await sideBySide(5, clients, (index) => send(requests + index));
  const result = await measured(stack, { api: 'v2 stream', clients, events: requests * PER_STREAM }, () =>
    sideBySide(requests, clients, send),
  );
  opened.close();
  return result;
}

async function measured(
  stack: MeasuredStack,
  { events, ...of }: Pick<Metering['intake'][number], 'api' | 'clients' | 'events'>,
  work: () => Promise<unknown>,
): Promise<Metering['intake'][number]> {
  const [before, begun] = [cpuOf(stack.pids), performance.now()];
  await work();
  const seconds = (performance.now() - begun) / 1000;
  return { ...of, events, perSecond: events / seconds, cpu: cpuPer(events, before, cpuOf(stack.pids)) };
}

async function customersOf(api: Api, count: number): Promise<string[]> {
  return sideBySide(count, 8, async () => (await api.post('/v1/customers')).id);
}

async function bytesOf(sql: Sql): Promise<Metering['bytes']> {
  const [row] = await sql<{ events: number; tables: number; indexes: number; rollups: number }[]>`
    select (select count(*) from meter_events) as events,
      (select sum(pg_table_size(inhrelid)) from pg_inherits where inhparent = 'meter_events'::regclass)::bigint as tables,
      (select sum(pg_indexes_size(inhrelid)) from pg_inherits where inhparent = 'meter_events'::regclass)::bigint as indexes,
      pg_total_relation_size('meter_rollups') + pg_total_relation_size('meter_series') as rollups`;
  if (!row) throw new Error('sizes are one row');
  const { events, tables, indexes, rollups } = row;
  return { events, table: tables / events, indexes: indexes / events, rollups: rollups / events };
}

async function placeOf(sql: Sql, meter: string): Promise<Place> {
  const [row] = await sql<{ account: string }[]>`select account from meters where id = ${meter}`;
  return { account: row?.account ?? '', meter };
}

async function oneCustomer(api: Api, sql: Sql, place: Place, events: number): Promise<Metering['reads'][number]> {
  const from = monthStart();
  const subscriber = await subscribe(api, place.meter, from);
  const fillSeconds = (await elapsed(() => fillWithEvents(sql, { ...place, from }, [subscriber.customer], events))) / 1000;
  const of = { customer: subscriber.customer, from, events };
  const milliseconds = await median(() => readTime(sql, place, of));
  await advanceClock(api, sql, subscriber.clock, from + MONTH);
  const preview = () => api.post('/v1/invoices/create_preview', { subscription: subscriber.subscription });
  const previewMs = await median(() => elapsed(preview));
  const renewalMs = 1000 * (await advanceClock(api, sql, subscriber.clock, from + 32 * 86_400));
  return { events, fillSeconds, milliseconds, previewMs, renewalMs };
}

/** On a clock at the beginning of the month, with tiers. */
async function subscribe(api: Api, meter: string, from: number): Promise<Started & { clock: string }> {
  const clock = await createClock(api, from);
  const { id: price } = await api.post('/v1/prices', { ...TIERED, 'recurring[meter]': meter });
  return { clock, ...(await startSubscription(api, price, { clock })) };
}

const TIERED = {
  ...{ currency: 'usd', 'product_data[name]': 'Tokens', 'recurring[interval]': 'month', 'recurring[usage_type]': 'metered' },
  ...{ billing_scheme: 'tiered', tiers_mode: 'graduated', 'tiers[0][up_to]': '1000000', 'tiers[0][unit_amount]': '0' },
  ...{ 'tiers[1][up_to]': 'inf', 'tiers[1][unit_amount_decimal]': '0.000015' },
};

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function median(measure: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < REPEATS; index += 1) times.push(await measure());
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
}

async function manyCustomers(api: Api, sql: Sql, place: Place, count: number): Promise<Metering['customers'][number]> {
  const customers = await customersOf(api, count);
  const from = monthStart();
  await fillWithEvents(sql, { ...place, from }, customers, EACH);
  let sum = 0;
  for (const customer of customers) sum += await readTime(sql, place, { customer, from, events: EACH });
  return { customers: count, millisecondsEach: sum / count };
}

/** The whole month without the first and last minutes: less than all of it and far more than half. */
async function readTime(sql: Sql, { account, meter }: Place, of: { customer: string; from: number; events: number }): Promise<number> {
  const { customer, from, events } = of;
  const window = { meter, filters: {}, from: from + 61, to: from + MONTH - 61 };
  const begun = performance.now();
  const [usage] = (await readUsage(sql, { account, livemode: false, customer }, [window])).values();
  const milliseconds = performance.now() - begun;
  if (usage === undefined || usage.events > events || usage.events < events * 0.9)
    throw new Error(`read ${String(usage?.events)} of ${String(events)} events`);
  return milliseconds;
}
