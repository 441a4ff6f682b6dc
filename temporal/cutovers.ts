import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Sql } from '../db/connect';
import { unfinishedCutovers } from '../db/cutovers';
import { CUTOVER_WORKFLOW, cutoverWorkflowId, SEARCH_ATTRIBUTES, type CutoverInput } from '../workflows/contract';

/** Starts the change, or the way back. One that runs already goes on. */
export async function startCutover(client: Client, taskQueue: string, input: CutoverInput, customer: string): Promise<void> {
  await client.workflow.start(CUTOVER_WORKFLOW, {
    taskQueue,
    workflowId: cutoverWorkflowId(input),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [input],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.account, value: input.account },
      { key: SEARCH_ATTRIBUTES.customer, value: customer },
    ]),
    staticSummary: input.direction === 'here' ? `cutover of ${customer}` : `way back of ${customer}`,
    staticDetails: `account \`${input.account}\`, ${input.livemode ? 'live mode' : 'test mode'}`,
  });
}

/** Goes on with those that have not come to an end, should their start have been lost. */
export async function continueCutovers(client: Client, taskQueue: string, sql: Sql): Promise<void> {
  for (const { id: cutover, account, livemode, customer, status } of await unfinishedCutovers(sql)) {
    const direction = status === 'returning' ? 'back' : 'here';
    await startCutover(client, taskQueue, { account, livemode, cutover, direction }, customer);
  }
}
