import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Sql } from '../db/connect';
import { runningImports } from '../db/imports';
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

/** Goes on with those that have not come to an end, should their start have been lost. */
export async function continueImports(client: Client, taskQueue: string, sql: Sql): Promise<void> {
  for (const { id, ...scope } of await runningImports(sql)) await startImport(client, taskQueue, { ...scope, import: id });
}
