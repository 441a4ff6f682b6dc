import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { Sql } from '../db/connect';
import { unreconciled } from '../db/reconciliation';
import { RECONCILIATION_WORKFLOW, reconciliationWorkflowId, SEARCH_ATTRIBUTES, type ReconciliationInput } from '../workflows/contract';

/** Starts the comparison of one day. One that runs already goes on. */
export function startReconciliation(
  client: Client,
  taskQueue: string,
  input: ReconciliationInput,
  workflowIdReusePolicy: 'ALLOW_DUPLICATE' | 'REJECT_DUPLICATE' = 'ALLOW_DUPLICATE',
): Promise<WorkflowHandleWithFirstExecutionRunId> {
  return client.workflow.start(RECONCILIATION_WORKFLOW, {
    taskQueue,
    workflowId: reconciliationWorkflowId(input),
    workflowIdReusePolicy,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [input],
    typedSearchAttributes: new TypedSearchAttributes([{ key: SEARCH_ATTRIBUTES.account, value: input.account }]),
    staticSummary: `reconciliation of ${input.day} with ${input.processor}`,
    staticDetails: `account \`${input.account}\`, ${input.livemode ? 'live mode' : 'test mode'}`,
  });
}

/** Compares the day that has ended, at each processor that has charged on it. Once; one that has failed is left to operators. */
export async function reconcileYesterday(client: Client, taskQueue: string, sql: Sql): Promise<void> {
  const day = new Date(Date.now() - 86_400_000 - SETTLING_MS).toISOString().slice(0, 10);
  for (const input of await unreconciled(sql, day)) {
    await startReconciliation(client, taskQueue, input, 'REJECT_DUPLICATE').catch((error: unknown) => {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    });
  }
}

/** Processors record what they did a little later. */
const SETTLING_MS = 2 * 3_600_000;
