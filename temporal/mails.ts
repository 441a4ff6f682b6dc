import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { MAILS_WORKFLOW, mailsWorkflowId, SEARCH_ATTRIBUTES, sendMailsSignal, type MailsInput } from '../workflows/contract';

/** Has a seller's mails sent: wakes the workflow, and starts it if it does not run. */
export async function wakeMails(client: Client, taskQueue: string, input: MailsInput): Promise<void> {
  await client.workflow.signalWithStart(MAILS_WORKFLOW, {
    taskQueue,
    workflowId: mailsWorkflowId(input),
    args: [input],
    signal: sendMailsSignal,
    signalArgs: [],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.account, value: input.account },
      { key: SEARCH_ATTRIBUTES.status, value: 'sending' },
    ]),
    staticSummary: 'mails to customers',
    staticDetails: `sends the mails of account \`${input.account}\`, ${input.livemode ? 'live mode' : 'test mode'}`,
  });
}
