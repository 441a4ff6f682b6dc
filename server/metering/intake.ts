/**
 * Collects events into batches: events that arrive while one batch is written form the next. So a busy process writes a hundred events at
 * the cost of one, and an idle one adds no delay. An answer means that the event is committed.
 */
import { reportErrors } from '../../db/metering/meter-errors';
import { SeriesNumbers } from '../../db/metering/meter-series';
import type { Sql } from '../../db/connect';
import type { DueWatcher } from '../../db/metering/usage-watchers';
import { BillingError } from '../../domain/core/errors';
import { workflowId } from '../../domain/rows/workflow';
import { wakeEntities } from '../../temporal/entities';
import { Debouncer } from '../../temporal/hints';
import type { Dependencies } from '../http/dependencies';
import { isUnavailable } from '../http/outages';
import { ClockAdvancing, flush, type EventOutcome, type IncomingEvent } from './flush';

const BATCH_MAX = 1_000;
/** How long refusals are collected before they are reported. */
const REPORT_AFTER_SECONDS = 10;

interface Waiting {
  events: readonly IncomingEvent[];
  resolve: (outcomes: EventOutcome[]) => void;
  reject: (error: unknown) => void;
}

export class MeterIntake {
  private waiting: Waiting[] = [];
  private isWriting = false;
  private reportTimer: NodeJS.Timeout | null = null;
  private readonly series: SeriesNumbers;
  private readonly hints: Debouncer<DueWatcher>;

  constructor(private readonly deps: Dependencies) {
    this.series = new SeriesNumbers(deps.sql);
    this.hints = new Debouncer(
      ({ kind, subject }) => workflowId(kind, subject),
      (watchers) => wakeWatchers(deps, watchers),
      (error) => {
        deps.log.warn({ err: error }, 'a wake was lost; the sweep will repeat it');
      },
    );
  }

  /**
   * The outcome of each event. All of a request's events are counted together, or none if this throws.
   *
   * @throws BillingError lock_timeout while a customer's clock advances
   */
  async take(events: readonly IncomingEvent[]): Promise<EventOutcome[]> {
    const outcomes = await new Promise<EventOutcome[]>((resolve, reject) => {
      this.waiting.push({ events, resolve, reject });
      if (!this.isWriting) void this.write();
    });
    if (outcomes.some((outcome) => 'refused' in outcome)) this.reportSoon();
    return outcomes;
  }

  /** Wakes the workflows that watch the usage, soon. */
  wake(watchers: readonly DueWatcher[]): void {
    this.hints.add(watchers);
  }

  /** Sends the wakes that are still waiting. */
  stop(): Promise<void> {
    return this.hints.stop();
  }

  /** Reports refusals that are old enough, also those of a process that died. */
  async report(openedBefore = Math.floor(Date.now() / 1000) - REPORT_AFTER_SECONDS): Promise<void> {
    const { sql, secret, log, notify } = this.deps;
    const now = Math.floor(Date.now() / 1000);
    try {
      const endpoints = await reportErrors(sql, { openedBefore, now, secret });
      // Endpoints are woken by their ids alone; the scope does not matter.
      if (endpoints.length > 0) notify({ account: '', livemode: false }, now, { wakes: [], endpoints });
    } catch (error) {
      log.warn({ err: error }, 'refused meter events were not reported; tried again with the next');
    }
  }

  private async write(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) await this.writeBatch(this.nextBatch());
    this.isWriting = false;
  }

  private nextBatch(): Waiting[] {
    let events = 0;
    const end = this.waiting.findIndex((each) => (events += each.events.length) > BATCH_MAX);
    return this.waiting.splice(0, end === -1 ? this.waiting.length : Math.max(end, 1));
  }

  private async writeBatch(batch: Waiting[]): Promise<void> {
    try {
      const { results, watchers } = await flush(
        this.deps.sql,
        this.series,
        batch.map(({ events }) => events),
      );
      this.wake(watchers);
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (Array.isArray(result)) resolve(result);
        else
          reject(result instanceof ClockAdvancing ? new BillingError('lock_timeout', CLOCK_MOVES) : new Error('a request has no outcome'));
      }
    } catch (error) {
      await this.writeAlone(batch, error);
    }
  }

  /** One request that cannot be written must not fail the others, so each is written separately. Committed events are found again. */
  private async writeAlone(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length > 1 && !isUnavailable(error)) {
      for (const each of batch) await this.writeBatch([{ ...each, events: each.events.map((event) => ({ ...event, mayBeKnown: true })) }]);
    } else {
      for (const { reject } of batch) reject(error);
    }
  }

  private reportSoon(): void {
    if (this.reportTimer !== null) return;
    this.reportTimer = setTimeout(
      () => {
        this.reportTimer = null;
        void this.report();
      },
      (REPORT_AFTER_SECONDS + 1) * 1000,
    ).unref();
  }
}

async function wakeWatchers({ temporal, config }: Dependencies, watchers: readonly DueWatcher[]): Promise<void> {
  await Promise.all(watchers.map(({ now, ...entity }) => wakeEntities(temporal, config.taskQueue, [entity], now)));
}

const intakes = new WeakMap<Sql, MeterIntake>();

/** The intake of a process, or of a pool if a process has several. */
export function intakeOf(deps: Dependencies): MeterIntake {
  let intake = intakes.get(deps.sql);
  if (!intake) intakes.set(deps.sql, (intake = new MeterIntake(deps)));
  return intake;
}

export const CLOCK_MOVES =
  'This object cannot be accessed right now because its test clock is advancing. Please retry when the clock is ready.';
