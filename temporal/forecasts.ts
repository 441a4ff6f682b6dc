import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Sql } from '../db/connect';
import { unfinishedForecasts } from '../db/forecasts';
import type { Scope } from '../domain/core/steps';
import { cancelForecastSignal, FORECAST_WORKFLOW, forecastWorkflowId, SEARCH_ATTRIBUTES } from '../workflows/contract';

const optionsOf = (taskQueue: string, { account, livemode }: Scope, forecast: string) => ({
  taskQueue,
  workflowId: forecastWorkflowId(forecast),
  args: [{ forecast }] as [{ forecast: string }],
  typedSearchAttributes: new TypedSearchAttributes([{ key: SEARCH_ATTRIBUTES.account, value: account }]),
  staticSummary: `forecast ${forecast}`,
  staticDetails: `account \`${account}\`, ${livemode ? 'live mode' : 'test mode'}`,
});

/** Starts a forecast. One that runs already goes on. */
export async function startForecast(client: Client, taskQueue: string, scope: Scope, forecast: string): Promise<void> {
  await client.workflow.start(FORECAST_WORKFLOW, { ...optionsOf(taskQueue, scope, forecast), workflowIdConflictPolicy: 'USE_EXISTING' });
}

/** Has a forecast end, and remove what it has made, even if its workflow does not run. */
export async function cancelForecast(client: Client, taskQueue: string, scope: Scope, forecast: string): Promise<void> {
  await client.workflow.signalWithStart(FORECAST_WORKFLOW, {
    ...optionsOf(taskQueue, scope, forecast),
    signal: cancelForecastSignal,
    signalArgs: [],
  });
}

/** Goes on with forecasts whose start was lost, and removes the copies of those whose cancellation was lost. */
export async function continueForecasts(client: Client, taskQueue: string, sql: Sql): Promise<void> {
  for (const { id, status, ...scope } of await unfinishedForecasts(sql)) {
    await (status === 'running' ? startForecast : cancelForecast)(client, taskQueue, scope, id);
  }
}
