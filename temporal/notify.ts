import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Sql } from '../db/connect';
import {
  deliverSignal,
  mailsWorkflowId,
  SEARCH_ATTRIBUTES,
  WEBHOOK_ENDPOINT_WORKFLOW,
  webhookEndpointWorkflowId,
  type MailsInput,
  type WebhookEndpointInput,
} from '../workflows/contract';
import { Debouncer } from './hints';
import { wakeMails } from './mails';

export interface Notifier {
  /** Makes endpoints deliver soon. Returns at once and never throws: the sweep repairs a lost hint. */
  notify: (endpoints: string[]) => void;
  /** Has a seller's mails sent soon, in the same way. */
  notifyMails: (sender: MailsInput) => void;
  /** Sends the hints that still wait, and returns when all are sent. */
  stop: () => Promise<void>;
}

export function createNotifier(client: Client, taskQueue: string, sql: Sql, onLost: (error: unknown) => void): Notifier {
  const hints = new Debouncer<string>(
    (endpoint) => endpoint,
    (endpoints) => wakeEndpoints(client, taskQueue, sql, endpoints),
    onLost,
  );
  const mails = new Debouncer<MailsInput>(
    mailsWorkflowId,
    async (senders) => {
      await Promise.all(senders.map((sender) => wakeMails(client, taskQueue, sender)));
    },
    onLost,
  );
  return {
    notify: hints.add,
    notifyMails: ({ account, livemode }) => {
      mails.add([{ account, livemode }]);
    },
    stop: async () => {
      await Promise.all([hints.stop(), mails.stop()]);
    },
  };
}

/** Signals the endpoints' workflows, and starts those that do not run. */
async function wakeEndpoints(client: Client, taskQueue: string, sql: Sql, endpoints: string[]): Promise<void> {
  if (endpoints.length === 0) return;
  const rows = await sql<WebhookEndpointInput[]>`
    select id as endpoint, account, livemode from webhook_endpoints where id = any(${endpoints})`;
  await Promise.all(
    rows.map((input) =>
      client.workflow.signalWithStart(WEBHOOK_ENDPOINT_WORKFLOW, {
        taskQueue,
        workflowId: webhookEndpointWorkflowId(input.endpoint),
        args: [{ ...input }],
        signal: deliverSignal,
        signalArgs: [],
        typedSearchAttributes: new TypedSearchAttributes([
          { key: SEARCH_ATTRIBUTES.account, value: input.account },
          { key: SEARCH_ATTRIBUTES.status, value: 'enabled' },
        ]),
        staticSummary: `webhook endpoint ${input.endpoint}`,
        staticDetails: `delivers the events of account \`${input.account}\`, ${input.livemode ? 'live mode' : 'test mode'}`,
      }),
    ),
  );
}
