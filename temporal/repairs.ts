import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { REPAIR_WORKFLOW, repairSignal, repairWorkflowId, SEARCH_ATTRIBUTES, type RepairInput } from '../workflows/contract';

/** Has a repair go on: wakes its workflow, and starts it if it does not run. */
export async function wakeRepair(client: Client, taskQueue: string, input: RepairInput): Promise<void> {
  await client.workflow.signalWithStart(REPAIR_WORKFLOW, {
    taskQueue,
    workflowId: repairWorkflowId(input.repair),
    args: [input],
    signal: repairSignal,
    signalArgs: [],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.account, value: input.account },
      { key: SEARCH_ATTRIBUTES.status, value: 'repairing' },
    ]),
    staticSummary: `repair ${input.repair}`,
    staticDetails: `corrects invoices of account \`${input.account}\`, ${input.livemode ? 'live mode' : 'test mode'}`,
  });
}
