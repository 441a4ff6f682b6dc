import type { Client } from '@temporalio/client';
import type { Sql } from '../db/connect';
import { resumeUnasked } from '../db/processors';
import { giveTurns, sentSoon } from '../db/sending';
import { wakeEntities } from './entities';

/** Longer than the sweep's interval, so that each one is woken before its turn. Its own timer then keeps the time. */
const AHEAD_SECONDS = 40;
const AT_ONCE = 50;

/** Gives what waited for a processor that runs again its turn, and wakes those whose turn comes soon. Safe to repeat. */
export async function sendWaiting(client: Client, taskQueue: string, sql: Sql): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  await resumeUnasked(sql, now);
  await giveTurns(sql, now);
  const soon = await sentSoon(sql, now, AHEAD_SECONDS);
  for (let from = 0; from < soon.length; from += AT_ONCE) {
    await Promise.all(soon.slice(from, from + AT_ONCE).map(({ entity, now: at }) => wakeEntities(client, taskQueue, [entity], at)));
  }
}
