/** Processes a batch of events: loads facts, applies the rules, makes one write, and gives known events their first answer. */
import { countErrors, type RefusedEvent } from '../../db/metering/meter-errors';
import {
  addPartitions,
  findEvents,
  writeEvents,
  type EventToWrite,
  type KnownEvent,
  type WrittenEvents,
} from '../../db/metering/meter-events';
import { loadMeteringFacts, type CustomerOfEvent, type MeteringFacts } from '../../db/metering/meter-facts';
import { contentKey, identifierKey, valueKey } from '../../db/metering/meter-keys';
import type { SeriesNumbers } from '../../db/metering/meter-series';
import type { DueWatcher } from '../../db/metering/usage-watchers';
import type { Sql } from '../../db/connect';
import type { CountedEvent, EventRefusal, GivenEvent } from '../../domain/meter/event';
import { customerOf, isRefused, readEvent } from '../../domain/meter/event-rules';
import type { Scope } from '../http/dependencies';

/** One event of a request. */
export interface IncomingEvent {
  scope: Scope;
  event: GivenEvent;
  identifier: string;
  /** False for a newly made identifier. */
  mayBeKnown: boolean;
}

export type EventOutcome = { counted: { at: number; createdMicros: number } } | { refused: EventRefusal };

/** The test clock of one of the request's customers is advancing: none of the request's events was counted. */
export class ClockAdvancing extends Error {}

/** An event in the batch, with its judgment. */
interface Judged {
  incoming: IncomingEvent;
  key: string;
  content: string;
  verdict: CountedEvent | EventRefusal;
  isClockMoving: boolean;
}

export interface Flushed {
  /** Outcomes of each request's events, in their order; or `ClockAdvancing` if a clock is advancing. */
  results: (EventOutcome[] | ClockAdvancing)[];
  /** The workflows that must check the counted usage. */
  watchers: DueWatcher[];
}

export async function flush(sql: Sql, series: SeriesNumbers, requests: readonly (readonly IncomingEvent[])[]): Promise<Flushed> {
  const all = requests.flat();
  const facts = await loadMeteringFacts(
    sql,
    all.map(({ scope, event }) => ({ ...scope, event })),
  );
  const judge = judgeBy(facts);
  const judged = requests.map((events) => events.map(judge));
  const settled = judged.filter((events) => !events.some((each) => each.isClockMoving)).flat();
  const { outcomes, watchers } = await settle(sql, series, settled, facts.nowMicros);
  const results = judged.map((events) => {
    if (events.some((each) => each.isClockMoving)) return new ClockAdvancing();
    return events.map((each) => outcomes.get(each) ?? fail('an event has no outcome'));
  });
  return { results, watchers };
}

function judgeBy({ meters, customers, nowMicros }: MeteringFacts): (incoming: IncomingEvent) => Judged {
  const place = ({ account, livemode }: Scope, name: string): string => `${account} ${String(livemode)} ${name}`;
  const metersByName = new Map(meters.map((meter) => [place(meter, meter.eventName), meter]));
  const customersById = new Map<string, CustomerOfEvent>(customers.map((customer) => [place(customer, customer.id), customer]));
  return (incoming) => {
    const { scope, event, identifier } = incoming;
    const meter = metersByName.get(place(scope, event.eventName)) ?? null;
    const customer = customersById.get(place(scope, customerOf(event, meter) ?? ''));
    const customerNow = customer ? (customer.frozenTime ?? Math.floor(nowMicros / 1_000_000)) : null;
    return {
      incoming,
      key: identifierKey(scope, identifier),
      content: contentKey(event),
      verdict: readEvent(event, { meter, customerNow }),
      isClockMoving: customer?.isAdvancing ?? false,
    };
  };
}

interface Settled {
  outcomes: Map<Judged, EventOutcome>;
  watchers: DueWatcher[];
}

async function settle(sql: Sql, series: SeriesNumbers, judged: readonly Judged[], nowMicros: number): Promise<Settled> {
  const firsts = [...firstOfEach(judged.filter(({ verdict }) => !isRefused(verdict))).values()];
  const written = await count(sql, series, firsts, nowMicros);
  const received = new Map(written.fresh.map((each) => [each.identifier, each.received]));
  const outcomes = new Map<Judged, EventOutcome>();
  for (const each of firsts) {
    const createdMicros = received.get(each.key);
    if (createdMicros !== undefined && !isRefused(each.verdict)) outcomes.set(each, { counted: { at: each.verdict.at, createdMicros } });
  }
  await settleRest(sql, outcomes, judged, nowMicros);
  return { outcomes, watchers: written.watchers };
}

/** Of the events with the same identifier, the first. */
function firstOfEach(judged: readonly Judged[]): Map<string, Judged> {
  const firsts = new Map<string, Judged>();
  for (const each of judged) if (!firsts.has(each.key)) firsts.set(each.key, each);
  return firsts;
}

async function count(sql: Sql, series: SeriesNumbers, events: readonly Judged[], nowMicros: number): Promise<WrittenEvents> {
  const counted = events.flatMap((each) => (isRefused(each.verdict) ? [] : [{ ...each, verdict: each.verdict }]));
  if (counted.length === 0) return { fresh: [], watchers: [] };
  const numbers = await series.of(counted.map(({ incoming, verdict }) => ({ scope: incoming.scope, of: verdict })));
  const rows = counted.map(({ incoming, key, content, verdict }, index): EventToWrite => ({
    identifier: key,
    content,
    series: numbers[index] ?? fail('an event has no series'),
    at: verdict.at,
    value: verdict.isDistinct && verdict.value !== null ? valueKey(verdict.value) : verdict.value,
    isDistinct: verdict.isDistinct,
    window: verdict.window,
    cost: verdict.cost,
    mayBeKnown: incoming.mayBeKnown,
  }));
  try {
    return await writeEvents(sql, rows, nowMicros);
  } catch (error) {
    if ((error as { code?: unknown }).code !== NO_PARTITION) throw error;
    await addPartitions(sql);
    return writeEvents(sql, rows, nowMicros);
  }
}

/** check_violation: the events' table has no partition for this month yet. */
const NO_PARTITION = '23514';

/** A repetition of a counted event gets the first answer, even if it would be refused by now. */
async function settleRest(sql: Sql, outcomes: Map<Judged, EventOutcome>, judged: readonly Judged[], nowMicros: number): Promise<void> {
  const rest = judged.filter((each) => !outcomes.has(each));
  if (rest.length === 0) return;
  const askable = rest.filter((each) => each.incoming.mayBeKnown || !isRefused(each.verdict)).map(({ key }) => key);
  const known = askable.length === 0 ? new Map<string, KnownEvent>() : await findEvents(sql, askable, nowMicros);
  const refused: RefusedEvent[] = [];
  for (const each of rest) {
    const outcome = outcomeOf(each, known.get(each.key));
    outcomes.set(each, outcome);
    if ('refused' in outcome) refused.push({ ...each.incoming.scope, identifier: each.incoming.identifier, refusal: outcome.refused });
  }
  if (refused.length > 0) await countErrors(sql, refused, Math.floor(nowMicros / 1_000_000));
}

function outcomeOf({ incoming, content, verdict }: Judged, known: KnownEvent | undefined): EventOutcome {
  if (known?.content === content) return { counted: { at: known.at, createdMicros: known.received } };
  if (isRefused(verdict)) return { refused: verdict };
  const message = `An event already exists with identifier ${incoming.identifier}.`;
  return { refused: { code: 'duplicate_meter_event', message, param: 'identifier', meter: verdict.meter } };
}

function fail(message: string): never {
  throw new Error(message);
}
