import { ApplicationFailure, cancelled, cancellationSignal } from '@temporalio/activity';
import { apiKeyOf, findApiKey, revokeApiKeyById, saveApiKey } from '../db/api-keys';
import { endFill, loadFill, noteFill } from '../db/fills';
import { idSource } from '../db/ids';
import { PARTS_OF_A_MONTH, type Fill, type FillStatus } from '../domain/rows/fill';
import { ClockStopped, connectTo, liveMonth, openCompany, type Run } from '../seed/run';
import { beating } from './beating';
import type { ActivityDependencies } from './dependencies';

export type FillDependencies = Pick<ActivityDependencies, 'apiUrl' | 'secret' | 'sql'>;

const DAY = 86_400;
const now = (): number => Math.floor(Date.now() / 1000);

/** The sandbox is filled by calls of the API, under a key that exists as long as the fill runs. Every activity may be repeated. */
export function createFillActivities(deps: FillDependencies) {
  const { sql } = deps;
  return {
    /** Makes the key. @returns how many months there are to live through */
    beginFill: async ({ fill: id }: { fill: string }): Promise<number> => {
      const { account, livemode, months, status } = await loadFill(sql, id);
      if (status !== 'running') return 0;
      const key = { key: keyOf(deps, id), name: `Fills the sandbox: ${id}`, now: now(), expiresAt: now() + DAY };
      await saveApiKey(sql, { account, livemode, ...key });
      return months;
    },

    /** Lives through one month of the company. */
    fillMonth: async ({ fill: id, month }: { fill: string; month: number }): Promise<void> => {
      const fill = await loadFill(sql, id);
      if (fill.status !== 'running') return;
      const lived = live(deps, fill, month);
      // Calls that are under way wait for workflows, which this worker may have left already.
      lived.catch(() => undefined);
      try {
        await beating(() => Promise.race([lived, cancelled()]));
      } catch (error) {
        throw isFinal(error) ? ApplicationFailure.nonRetryable((error as Error).message) : error;
      }
    },

    /** Ends the fill and revokes its key. What was made stays. */
    endFill: async ({ fill: id, ...of }: { fill: string; status: FillStatus; failure: string | null }): Promise<void> => {
      const key = await findApiKey(sql, keyOf(deps, id));
      if (key) await revokeApiKeyById(sql, key.id, now());
      await endFill(sql, id, of);
    },
  };
}

/** The same key for a repeated activity, which nobody can guess without the installation's secret. */
const keyOf = ({ secret }: FillDependencies, fill: string): string =>
  apiKeyOf(false, 'sk', idSource(secret, `fill/${fill}`, 'key')('key', 0).slice('key_'.length));

async function live(deps: FillDependencies, fill: Fill, month: number): Promise<void> {
  const { id, customers, months, startsAt } = fill;
  const stripe = connectTo({ url: deps.apiUrl, apiKey: keyOf(deps, id) });
  const between = (): void => {
    cancellationSignal().throwIfAborted();
  };
  const options = { seed: id.toLowerCase(), name: 'Larkspur, a sample company', customers, months, from: startsAt, stripe };
  const opened = await openCompany(options);
  let partsDone = month * PARTS_OF_A_MONTH;
  const during: Run['during'] = async (doing, part) => {
    between();
    await noteFill(deps.sql, id, { partsDone, doing, testClock: opened.clock });
    const result = await part();
    partsDone += 1;
    return result;
  };
  await liveMonth({ ...options, during, between }, opened, month);
  await noteFill(deps.sql, id, { partsDone, doing: `${String(month + 1)} of ${String(months)} months are done`, testClock: opened.clock });
}

/** What the API has refused is refused again, but for a call that came too early or too often. */
function isFinal(error: unknown): boolean {
  const { statusCode = 0 } = error as { statusCode?: number };
  return error instanceof ClockStopped || (statusCode >= 400 && statusCode < 500 && statusCode !== 409 && statusCode !== 429);
}
