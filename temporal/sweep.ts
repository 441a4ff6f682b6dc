import type { Client } from '@temporalio/client';
import type { Logger } from '@temporalio/worker';
import type { Sql } from '../db/connect';
import { takeHeldToLookAgain } from '../db/held';
import { takeOverdue } from '../db/sweep';
import { releaseEntities, wakeEntities } from './entities';
import { continueCutovers } from './cutovers';
import { continueFills } from './fills';
import { continueForecasts } from './forecasts';
import { continueImports } from './imports';
import { wakeMails } from './mails';
import { reconcileYesterday } from './reconciliation';
import { wakeRepair } from './repairs';
import { compareDueShadows } from './shadow-comparison';
import { sendWaiting } from './sending';
import { wakeTaxRecords } from './tax-records';
import { wakeTestClock } from './test-clocks';

export interface SweepOptions {
  sql: Sql;
  client: Client;
  taskQueue: string;
  /** Entities that another version held are retried by this one. */
  appVersion: string;
  notifyEndpoints: (endpoints: string[]) => void;
  logger: Pick<Logger, 'warn'>;
  everyMs?: number | undefined;
}

const EVERY_MS = 20_000;

/**
 * Repairs the effects of a crash or a lost message: wakes overdue workflows and endpoints, and restarts advancing test clocks, and
 * repairs, cutovers, imports, forecasts and fills that have not come to an end. It also starts what has no hint of its own: recording at tax providers,
 * mails that wait for another try, charges that waited for a processor, and the comparisons with the processors' records and of shadow
 * invoices. It never bills. Every worker has one; they work one at a time.
 */
export function startSweep(options: SweepOptions): { stop: () => Promise<void> } {
  const everyMs = options.everyMs ?? EVERY_MS;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const next = (): void => {
    if (stopped) return;
    // Jittered, so that several workers do not start at the same instant.
    timer = setTimeout(
      () => {
        running = once().finally(next);
      },
      everyMs * (0.75 + Math.random() / 2),
    );
  };
  const once = async (): Promise<void> => {
    try {
      await sweep(options);
    } catch (error) {
      options.logger.warn('a sweep failed; the next one comes soon', { error });
    }
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Wakes everything overdue, once. False if another process is doing it. */
export async function sweep({ sql, client, taskQueue, appVersion, notifyEndpoints }: SweepOptions): Promise<boolean> {
  const now = Math.floor(Date.now() / 1000);
  const overdue = await takeOverdue(sql, now);
  if (overdue === null) return false;
  notifyEndpoints(overdue.endpoints);
  for (const { entity, now: at } of overdue.entities) await wakeEntities(client, taskQueue, [entity], at);
  for (const seller of overdue.taxSellers) await wakeTaxRecords(client, taskQueue, seller);
  for (const sender of overdue.mailSenders) await wakeMails(client, taskQueue, sender);
  for (const repair of overdue.repairs) await wakeRepair(client, taskQueue, repair);
  await sendWaiting(client, taskQueue, sql);
  await reconcileYesterday(client, taskQueue, sql);
  await compareDueShadows(client, taskQueue, sql);
  await continueCutovers(client, taskQueue, sql);
  await continueImports(client, taskQueue, sql);
  await continueForecasts(client, taskQueue, sql);
  await continueFills(client, taskQueue, sql);
  for (const clock of overdue.clocks) await wakeTestClock(client, taskQueue, clock);
  for (const { entity, now: at } of await takeHeldToLookAgain(sql, appVersion, now)) {
    await releaseEntities(client, taskQueue, [entity], at);
  }
  return true;
}
