import type { Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Sql } from '../db/connect';
import {
  deliverSignal,
  SEARCH_ATTRIBUTES,
  WEBHOOK_ENDPOINT_WORKFLOW,
  webhookEndpointWorkflowId,
  type WebhookEndpointInput,
} from '../workflows/contract';

/** An endpoint is told at most this often by one process, however many events there are. */
const INTERVAL_MS = 100;

export interface Notifier {
  /** Has endpoints deliver soon. Returns at once and never throws: what is lost is caught by the sweep. */
  notify: (endpoints: string[]) => void;
  /** Tells whom it has not told yet, and waits until all are told. */
  stop: () => Promise<void>;
}

export function createNotifier(client: Client, taskQueue: string, sql: Sql, onLost: (error: unknown) => void): Notifier {
  return new BatchingNotifier((endpoints) => wakeEndpoints(client, taskQueue, sql, endpoints), onLost);
}

/** Tells the workflows of endpoints that there is something to do, starting those that do not run. */
export async function wakeEndpoints(client: Client, taskQueue: string, sql: Sql, endpoints: string[]): Promise<void> {
  if (endpoints.length === 0) return;
  const rows = await sql<WebhookEndpointInput[]>`
    select id as endpoint, account, livemode from webhook_endpoints where id in ${sql(endpoints)}`;
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

class BatchingNotifier implements Notifier {
  private readonly waiting = new Set<string>();
  private running: Promise<void> | null = null;
  private lastAt = 0;
  private stopped = false;

  constructor(
    private readonly wake: (endpoints: string[]) => Promise<void>,
    private readonly onLost: (error: unknown) => void,
  ) {}

  readonly notify = (endpoints: string[]): void => {
    for (const endpoint of endpoints) this.waiting.add(endpoint);
    if (this.waiting.size > 0) this.running ??= this.flush();
  };

  readonly stop = async (): Promise<void> => {
    this.stopped = true;
    await this.running;
  };

  private async flush(): Promise<void> {
    while (this.waiting.size > 0) {
      const pause = this.lastAt + INTERVAL_MS - Date.now();
      if (pause > 0 && !this.stopped) await new Promise((resolve) => setTimeout(resolve, pause));
      const endpoints = [...this.waiting];
      this.waiting.clear();
      this.lastAt = Date.now();
      await this.wake(endpoints).catch(this.onLost);
    }
    this.running = null;
  }
}
