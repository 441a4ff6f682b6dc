import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Sql } from '../db/connect';
import { runningFills } from '../db/fills';
import type { Scope } from '../domain/core/steps';
import { cancelFillSignal, FILL_WORKFLOW, fillWorkflowId, SEARCH_ATTRIBUTES } from '../workflows/contract';

const optionsOf = (taskQueue: string, { account }: Scope, fill: string) => ({
  taskQueue,
  workflowId: fillWorkflowId(fill),
  args: [{ fill }] as [{ fill: string }],
  typedSearchAttributes: new TypedSearchAttributes([{ key: SEARCH_ATTRIBUTES.account, value: account }]),
  staticSummary: `fill ${fill}`,
  staticDetails: `account \`${account}\`, test mode`,
});

/** Starts to fill the sandbox. A fill that runs already goes on. */
export async function startFill(client: Client, taskQueue: string, scope: Scope, fill: string): Promise<void> {
  await client.workflow.start(FILL_WORKFLOW, { ...optionsOf(taskQueue, scope, fill), workflowIdConflictPolicy: 'USE_EXISTING' });
}

/** Has a fill end, even if its workflow does not run. */
export async function cancelFill(client: Client, taskQueue: string, scope: Scope, fill: string): Promise<void> {
  await client.workflow.signalWithStart(FILL_WORKFLOW, { ...optionsOf(taskQueue, scope, fill), signal: cancelFillSignal, signalArgs: [] });
}

/** Goes on with those that have not come to an end, should their start have been lost. */
export async function continueFills(client: Client, taskQueue: string, sql: Sql): Promise<void> {
  for (const { id, ...scope } of await runningFills(sql)) await startFill(client, taskQueue, scope, id);
}
