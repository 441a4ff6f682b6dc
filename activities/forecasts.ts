import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure, cancellationSignal, heartbeat } from '@temporalio/activity';
import { commit } from '../db/commit';
import { catalogIds, copiedCustomerId, copyOne, createClockOfCopies, type CopyInput } from '../db/copies';
import {
  accountOfCopies,
  accountsOfForecast,
  applyChanges,
  clockOfCopies,
  makeAccount,
  removeAccount,
  workflowsOfAccount,
  type CopiesOf,
} from '../db/forecast-accounts';
import { sumCopies } from '../db/forecast-sums';
import {
  batchesToDo,
  endForecast,
  factsAssumed,
  findBatch,
  loadForecast,
  makeBatches,
  noteAssumptions,
  noteBatchDone,
  noteMonths,
  subscriptionsOfForecast,
} from '../db/forecasts';
import { findAccount } from '../db/accounts';
import { expectUsage } from '../db/metering/expected-usage';
import { clockState, loadClock } from '../db/test-clocks';
import { assumptionsOf } from '../domain/forecast/assumptions';
import { settingsOf } from '../domain/rows/account';
import type { Forecast, ForecastStatus, ForecastVersion } from '../domain/rows/forecast';
import { startAdvance } from '../domain/test-clock/changes';
import { snapshot } from '../objects';
import type { ActivityDependencies } from './dependencies';

export type ForecastDependencies = Pick<ActivityDependencies, 'endWorkflow' | 'linkTo' | 'secret' | 'sql' | 'wakeTestClock'>;

/** What a forecast has to do. */
export interface ForecastPlan {
  /** The numbers of the batches that are left. */
  batches: number[];
  months: number;
  versions: ForecastVersion[];
}

const LOOK_EVERY_MS = 400;

/** Copies live through the months of a forecast. Every activity may be repeated. */
export function createForecastActivities(deps: ForecastDependencies) {
  const { sql, secret } = deps;
  const input = (now: number): CopyInput => ({
    ...{ now, secret },
    render: (kind, key, rows) => snapshot(kind, key, rows, { linkTo: deps.linkTo }),
  });
  return {
    /** Chooses the subscriptions and divides them into batches. */
    beginForecast: async ({ forecast: id }: { forecast: string }): Promise<ForecastPlan> => {
      const forecast = await loadForecast(sql, id);
      const months = forecast.edges.length - 1;
      if (forecast.status !== 'running') return { batches: [], months, versions: [] };
      const chosen = await subscriptionsOfForecast(sql, forecast);
      await makeBatches(sql, forecast, chosen);
      await noteAssumptions(sql, id, await assumptionsFor(deps, forecast, chosen));
      return { batches: await batchesToDo(sql, id), months, versions: forecast.changes === null ? ['as_now'] : ['as_now', 'changed'] };
    },

    /** Copies the customers of a batch to a clock in an account of their own. */
    copyForecastBatch: async (of: CopiesOf): Promise<void> => {
      const forecast = await loadForecast(sql, of.forecast);
      const { customers, subscriptions } = await findBatch(sql, of.forecast, of.batch);
      const [to, clock, now] = [accountOfCopies(of), clockOfCopies(of), startOf(forecast)];
      await makeAccount(sql, of, forecast);
      await createClockOfCopies(sql, { to, clock, frozenTime: now, name: null }, input(now));
      const target = { testClock: clock, subscriptions: forecast.prices && subscriptions, cards: 'decline_in_recovery' as const };
      for (const customer of customers) {
        heartbeat();
        cancellationSignal().throwIfAborted();
        await copyOne(sql, { from: forecast, to, customer, target }, input(now));
        const copy = copiedCustomerId(secret, clock, customer);
        await expectUsage(sql, { original: customer, copy, to, now, end: forecast.edges.at(-1) ?? now });
      }
      if (of.version === 'changed') await applyChanges(sql, to, forecast, (id) => catalogIds(secret, to)('txr', id));
    },

    /** Advances the clock of a batch through one month, and waits for it. */
    advanceForecastBatch: async ({ month, ...of }: CopiesOf & { month: number }): Promise<void> => {
      const forecast = await loadForecast(sql, of.forecast);
      await advanceTo(deps, of, (forecast.edges[month + 1] ?? startOf(forecast)) - 1);
      const earlier = of.version === 'changed' ? forecast.edges.length - 1 : 0;
      await noteMonths(sql, of.forecast, of.batch, earlier + month + 1);
    },

    /** Adds up what a batch was billed. */
    sumForecastBatch: async (of: CopiesOf): Promise<void> => {
      const forecast = await loadForecast(sql, of.forecast);
      const { customers } = await findBatch(sql, of.forecast, of.batch);
      await sumCopies(sql, of, forecast, { customers, secret });
    },

    /** Ends the workflows of a batch's copies and removes everything of them. */
    removeForecastBatch: (of: CopiesOf): Promise<void> => removeCopies(deps, accountOfCopies(of).account),

    finishForecastBatch: ({ forecast, batch }: { forecast: string; batch: number }): Promise<void> => noteBatchDone(sql, forecast, batch),

    /** Removes what is left of a forecast, and ends it. */
    endForecast: async ({ forecast, ...of }: { forecast: string; status: ForecastStatus; failure: string | null }): Promise<void> => {
      for (const account of await accountsOfForecast(sql, forecast)) await removeCopies(deps, account);
      await endForecast(sql, forecast, of);
    },
  };
}

const startOf = ({ edges }: Forecast): number => edges[0] ?? 0;

async function assumptionsFor(
  { sql }: ForecastDependencies,
  forecast: Forecast,
  chosen: { customer: string; subscriptions: string[] }[],
): Promise<string[]> {
  const account = await findAccount(sql, forecast.account);
  const facts = await factsAssumed(
    sql,
    forecast,
    chosen.map(({ customer }) => customer),
  );
  const provider = account ? settingsOf(account, forecast).tax.provider : 'dunlin';
  return assumptionsOf({ ...facts, remoteTax: provider === 'dunlin' ? null : provider });
}

async function advanceTo({ sql, secret, wakeTestClock, linkTo }: ForecastDependencies, of: CopiesOf, to: number): Promise<void> {
  const [scope, clock] = [accountOfCopies(of), clockOfCopies(of)];
  const before = await stateOf(sql, clock);
  if (before.frozenTime >= to && before.status === 'ready') return;
  if (before.status !== 'advancing') {
    const commitKey = `advance/${String(to)}/${String(before.frozenTime)}/${before.status}`;
    const now = Math.floor(Date.now() / 1000);
    const render: CopyInput['render'] = (kind, key, rows) => snapshot(kind, key, rows, { linkTo });
    await commit(
      sql,
      { secret, render, scope, workflow: `copy/${clock}`, commitKey, step: 'startAdvance', now, customer: null },
      async (tx) => ({
        facts: await loadClock(tx, clock),
        request: null,
        plan: (changes) => {
          startAdvance(changes, clock, to, []);
        },
      }),
    );
  }
  await wakeTestClock({ clock, ...scope });
  for (;;) {
    heartbeat();
    await sleep(LOOK_EVERY_MS, undefined, { signal: cancellationSignal() });
    const { status } = await stateOf(sql, clock);
    if (status === 'ready') return;
    if (status === 'internal_failure') throw ApplicationFailure.nonRetryable(`the clock ${clock} stands still`);
  }
}

async function stateOf(sql: ForecastDependencies['sql'], clock: string) {
  const state = await clockState(sql, clock);
  if (!state) throw new Error(`there is no test clock ${clock}`);
  return state;
}

async function removeCopies({ sql, endWorkflow }: ForecastDependencies, account: string): Promise<void> {
  for (const workflow of await workflowsOfAccount(sql, account)) {
    heartbeat();
    await endWorkflow(workflow, 'the forecast does not need it any more');
  }
  await removeAccount(sql, account);
}
