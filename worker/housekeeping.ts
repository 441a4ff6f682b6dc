/**
 * Removes rows that are older than their retention, until none are left, looks at tax thresholds, and finishes closes of the ledger that were
 * interrupted. Every worker has it; they work one at a time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@temporalio/worker';
import type { Sql } from '../db/connect';
import { addEventWeeks } from '../db/webhooks/event-weeks';
import { finishCloses } from '../db/ledger/closes';
import { keepMonths } from '../db/ledger/months';
import { prunePortion, type Portion } from '../db/housekeeping';
import { RETENTION, type Keep, type Retention } from '../db/retention';

export interface HousekeepingOptions {
  sql: Sql;
  keep: Keep;
  logger: Pick<Logger, 'warn'>;
  /** Tells sellers which thresholds for tax registrations are near. */
  watchThresholds: (signal?: AbortSignal) => Promise<void>;
  everyMs?: number | undefined;
}

const EVERY_MS = 60_000;

/** The partitions of the coming weeks are created at once. The first round comes within a minute or so: a worker that starts has other work. */
export function startHousekeeping(options: HousekeepingOptions): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const { signal } = stopping;
  // Jittered, so that several workers do not start at the same instant.
  const pauseMs = (): number => (options.everyMs ?? EVERY_MS) * (0.75 + Math.random() / 2);
  const rounds = async (): Promise<void> => {
    await attempt(options, 'weeks of events were not prepared', () => addEventWeeks(options.sql));
    while (!signal.aborted) {
      await sleep(pauseMs(), undefined, { signal, ref: false }).catch(() => undefined);
      await keepHouse(options, signal);
    }
  };
  const running = rounds();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** One round. A kind that fails (a lock that did not come in time) is retried in the next round, and does not delay the others. */
export async function keepHouse(options: HousekeepingOptions, signal?: AbortSignal): Promise<void> {
  const { sql, keep, watchThresholds } = options;
  const tried = (what: string, work: () => Promise<void>) => attempt(options, what, work, signal);
  await tried('weeks of events were not prepared', () => addEventWeeks(sql));
  await tried('closes of the ledger were not finished', () => finishCloses(sql));
  await tried('balances of the last month were not kept', () => keepMonths(sql, Math.floor(Date.now() / 1000)));
  await tried('tax thresholds were not looked at', () => watchThresholds(signal));
  for (const line of RETENTION) await tried(`${line.kind} were not removed`, () => pruneAll(sql, line, keep, signal));
}

async function attempt(
  { logger }: Pick<HousekeepingOptions, 'logger'>,
  what: string,
  work: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted === true) return;
  await work().catch((error: unknown) => {
    logger.warn(`${what}: tried again later`, { error });
  });
}

async function pruneAll(sql: Sql, line: Retention, keep: Keep, signal?: AbortSignal): Promise<void> {
  let portion: Portion = 'more';
  while (portion === 'more' && signal?.aborted !== true) portion = await prunePortion(sql, line, keep);
}
