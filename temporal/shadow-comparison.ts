import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Sql } from '../db/connect';
import { scopesWithDueShadows } from '../db/shadow-invoices';
import {
  SEARCH_ATTRIBUTES,
  SHADOW_COMPARISON_WORKFLOW,
  shadowComparisonWorkflowId,
  type ShadowComparisonInput,
} from '../workflows/contract';

/** Starts the comparison of what waits. One that runs already goes on. */
export function startShadowComparison(
  client: Client,
  taskQueue: string,
  input: ShadowComparisonInput,
): Promise<WorkflowHandleWithFirstExecutionRunId> {
  return client.workflow.start(SHADOW_COMPARISON_WORKFLOW, {
    taskQueue,
    workflowId: shadowComparisonWorkflowId(input),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [input],
    typedSearchAttributes: new TypedSearchAttributes([{ key: SEARCH_ATTRIBUTES.account, value: input.account }]),
    staticSummary: 'shadow invoices compared',
    staticDetails: `account \`${input.account}\`, ${input.livemode ? 'live mode' : 'test mode'}`,
  });
}

/** Starts it for every seller whose shadows are due. */
export async function compareDueShadows(client: Client, taskQueue: string, sql: Sql): Promise<void> {
  for (const scope of await scopesWithDueShadows(sql, Math.floor(Date.now() / 1000))) await startShadowComparison(client, taskQueue, scope);
}
