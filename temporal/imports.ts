import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { IMPORT_WORKFLOW, importWorkflowId, SEARCH_ATTRIBUTES, type ImportInput } from '../workflows/contract';

/** Starts the run of an import. One that runs already goes on. */
export async function startImport(client: Client, taskQueue: string, input: ImportInput): Promise<void> {
  await client.workflow.start(IMPORT_WORKFLOW, {
    taskQueue,
    workflowId: importWorkflowId(input.import),
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [input],
    typedSearchAttributes: new TypedSearchAttributes([{ key: SEARCH_ATTRIBUTES.account, value: input.account }]),
    staticSummary: `import ${input.import}`,
    staticDetails: `account \`${input.account}\`, ${input.livemode ? 'live mode' : 'test mode'}`,
  });
}
