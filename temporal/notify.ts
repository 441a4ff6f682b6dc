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

/** Endpoints are told in batches, ten times a second. */
const INTERVAL_MS = 100;
/** One endpoint is told once a second by one process, however many events there are: told once, it looks for more by itself. */
const REST_MS = 1_000;

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
async function wakeEndpoints(client: Client, taskQueue: string, sql: Sql, endpoints: string[]): Promise<void> {
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
  private readonly toldAt = new Map<string, number>();
  private running: Promise<void> | null = null;
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
      const endpoints = this.takeRested();
      if (endpoints.length > 0) await this.wake(endpoints).catch(this.onLost);
      if (!this.stopped) await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
    this.running = null;
  }

  private takeRested(): string[] {
    const now = Date.now();
    for (const [endpoint, at] of this.toldAt) if (now - at >= REST_MS) this.toldAt.delete(endpoint);
    const rested = [...this.waiting].filter((endpoint) => this.stopped || !this.toldAt.has(endpoint));
    for (const endpoint of rested) {
      this.waiting.delete(endpoint);
      this.toldAt.set(endpoint, now);
    }
    return rested;
  }
}
