import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  recordTaxesSignal,
  SEARCH_ATTRIBUTES,
  TAX_RECORDS_WORKFLOW,
  taxRecordsWorkflowId,
  type TaxRecordsInput,
} from '../workflows/contract';

/** Has a seller's final documents recorded at its tax provider: wakes the workflow, and starts it if it does not run. */
export async function wakeTaxRecords(client: Client, taskQueue: string, input: TaxRecordsInput): Promise<void> {
  await client.workflow.signalWithStart(TAX_RECORDS_WORKFLOW, {
    taskQueue,
    workflowId: taxRecordsWorkflowId(input),
    args: [input],
    signal: recordTaxesSignal,
    signalArgs: [],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.account, value: input.account },
      { key: SEARCH_ATTRIBUTES.status, value: 'recording' },
    ]),
    staticSummary: `tax records at ${input.provider}`,
    staticDetails: `records final documents of account \`${input.account}\`, ${input.livemode ? 'live mode' : 'test mode'}`,
  });
}
